import { didYouMean } from "../model/closest.js";
import type { Declarations } from "./declarations.js";
import { entriesOf, type Node } from "./node.js";
import { quote, type Report } from "./report.js";
import { rangeOf, type Span } from "./source-text.js";

/** Where a variable's value comes from: a node of a file, or a text from outside. */
export type VariableSource =
  | { readonly kind: "node"; readonly node: Node; readonly keyAt: Span }
  | { readonly kind: "text"; readonly text: string; readonly origin: string };

/** What gives values to variables; each beats those before it, later ones beat earlier ones. */
export interface VariableInputs {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: readonly Node[];
  /** `name=value`. */
  readonly texts: readonly string[];
  /** False where a file could not be read: what seems to have no value may have it in there. */
  readonly complete: boolean;
}

/** The strongest source of each variable. Values for variables that nobody declares are reported. */
export function chooseSources(
  inputs: VariableInputs,
  declared: Declarations["variables"],
  complete: boolean,
  report: Report,
): ReadonlyMap<string, VariableSource> {
  const chosen = new Map<string, VariableSource>();
  const undeclared = (name: string, origin: string, at?: Span) => {
    if (!complete) return;
    report({
      severity: "error",
      code: "variable-undeclared",
      summary: `${origin} gives a value to ${quote(name)}, which is not declared`,
      ...(at && { range: rangeOf(at) }),
      help: didYouMean(name, declared.keys(), 'declare it under "variables:"'),
    });
  };
  for (const name of declared.keys()) {
    const origin = `PORTCULLIS_VAR_${name}`;
    const text = inputs.env[origin];
    if (text !== undefined) chosen.set(name, { kind: "text", text, origin });
  }
  for (const file of inputs.files) {
    for (const { key, keyAt, value } of fileEntries(file, report)) {
      if (declared.has(key)) chosen.set(key, { kind: "node", node: value, keyAt });
      else undeclared(key, "the file", keyAt);
    }
  }
  for (const assignment of inputs.texts) {
    const equals = assignment.indexOf("=");
    const name = assignment.slice(0, Math.max(equals, 0));
    const source = { kind: "text", text: assignment.slice(equals + 1), origin: "--var" } as const;
    if (equals < 1) reportMalformed(assignment, report);
    else if (declared.has(name)) chosen.set(name, source);
    else undeclared(name, "--var");
  }
  return chosen;
}

function fileEntries(file: Node, report: Report) {
  if (file.kind !== "map" && file.kind !== "broken") {
    report({
      severity: "error",
      code: "wrong-type",
      summary: "a file of variables must be a mapping",
      range: rangeOf({ ...file.at, end: file.at.start + 1 }),
      expected: "a mapping from names to values",
      help: 'write "name: value" lines',
    });
  }
  return entriesOf(file);
}

/** Does not show the text: it may be a secret whose name was forgotten. */
function reportMalformed(assignment: string, report: Report): void {
  const missing = assignment.startsWith("=") ? "no name" : 'no "="';
  report({
    severity: "error",
    code: "wrong-value",
    summary: `a --var has ${missing}`,
    expected: "name=value",
    help: 'write --var "name=value"',
  });
}
