/** A part of a text: offsets of its first character and of the one after its last. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

/** What stands between `${` and `}`. */
export type Syntax = LiteralSyntax | CallSyntax | PathSyntax;

/** `"web"`, `22`, `true`, `null`. */
export interface LiteralSyntax {
  readonly kind: "literal";
  readonly value: string | number | boolean | null;
  readonly extent: Extent;
}

/** `lower(var.name)`. */
export interface CallSyntax {
  readonly kind: "call";
  readonly name: string;
  readonly nameExtent: Extent;
  readonly arguments: readonly Syntax[];
  readonly extent: Extent;
}

/** `var.name`, `local.ports["web"].0`, `each.key`, `security_group.web.id`. */
export interface PathSyntax {
  readonly kind: "path";
  readonly root: string;
  readonly rootExtent: Extent;
  readonly steps: readonly Step[];
  readonly extent: Extent;
}

/** One way further into a value: `.name`, `.0` or `[expression]`. */
export type Step =
  | { readonly kind: "name"; readonly name: string; readonly extent: Extent }
  | { readonly kind: "index"; readonly index: Syntax; readonly extent: Extent };

/** A `${...}` that cannot be read: thrown inside the parser only. */
export class SyntaxMistake extends Error {
  constructor(
    message: string,
    readonly extent: Extent,
    readonly help: string,
  ) {
    super(message);
  }
}
