import type { DiagnosticCode } from "../model/diagnostic-codes.js";
import type { Expression, Reference } from "../model/expression.js";
import { FAILED } from "./expressions.js";
import type { Outside } from "./functions.js";
import type { ScalarNode } from "./node.js";
import { placeInText } from "./place-in-text.js";
import type { Report } from "./report.js";
import type { Extent } from "./syntax.js";

/** What expressions at some place may refer to. */
export interface Scope {
  readonly variables: ReadonlyMap<string, Expression>;
  readonly locals: ReadonlyMap<string, Expression>;
  /** Only in a resource with `for_each`. */
  readonly each?: Each;
  /** The names of the resource types. */
  readonly types: ReadonlySet<string>;
  readonly outside: Outside;
  readonly report: Report;
  /** Takes each reference to a resource: whether it exists is checked when all are known. */
  readonly refer: (reference: Reference) => void;
  /** False where a file could not be read at all: what seems to be missing may be in there. */
  readonly complete: boolean;
}

/** The instance that is evaluated. */
export interface Each {
  readonly key: Expression;
  readonly value: Expression;
}

/** The text that is evaluated, for the places of mistakes. */
export interface Site {
  readonly node: ScalarNode;
  readonly text: string;
  readonly scope: Scope;
}

/** Reports a mistake in a part of a text; its value is {@link FAILED}. */
export function fail(
  site: Site,
  extent: Extent,
  code: DiagnosticCode,
  summary: string,
  help?: string,
): typeof FAILED {
  site.scope.report({
    severity: "error",
    code,
    summary,
    range: placeInText(site.node, site.text, extent),
    ...(help !== undefined && { help }),
  });
  return FAILED;
}
