import type { Diagnostic } from "../model/diagnostic.js";
import type { Expression } from "../model/expression.js";
import { type Json, Sensitive } from "../model/value.js";
import type { Declarations, Declared } from "./declarations.js";
import { describe } from "./explain-violation.js";
import { FAILED } from "./expressions.js";
import { checkLiteral } from "./literal.js";
import { plain } from "./node.js";
import { quote, type Report } from "./report.js";
import { rangeOf, type Span } from "./source-text.js";
import { checkValidation } from "./validation.js";
import { readVariable, type Variable } from "./variable.js";
import { chooseSources, type VariableInputs, type VariableSource } from "./variable-source.js";
import { fromText, isOfType, typeWords } from "./variable-type.js";

/** The value of every declared variable; FAILED where it has none, which was reported. */
export function resolveVariables(
  declared: Declarations["variables"],
  inputs: VariableInputs,
  complete: boolean,
  report: Report,
): ReadonlyMap<string, Expression> {
  const sources = chooseSources(inputs, declared, complete, report);
  return new Map(
    [...declared.values()].map((it) => [
      it.name,
      resolveOne(it, sources.get(it.name), inputs.complete, report),
    ]),
  );
}

function resolveOne(
  declared: Declared,
  source: VariableSource | undefined,
  complete: boolean,
  report: Report,
): Expression {
  const variable = readVariable(declared, report);
  if (!variable) return FAILED;
  if (!source && !variable.fallback) {
    if (complete) report(missing(variable));
    return FAILED;
  }
  const value = read(variable, source, report);
  if (value === undefined) return FAILED;
  const written = source?.kind === "node" ? source.node : source ? undefined : variable.fallback;
  if (!checkValidation(variable, value, written?.at ?? variable.keyAt, report)) return FAILED;
  return variable.sensitive ? new Sensitive(value) : value;
}

function read(
  variable: Variable,
  source: VariableSource | undefined,
  report: Report,
): Json | undefined {
  if (source?.kind === "text") return readText(variable, source, report);
  const node = source?.node ?? variable.fallback;
  if (!node) return undefined;
  const what = source ? "a value given from outside" : "a variable's default";
  if (!checkLiteral(node, what, report)) return undefined;
  const value = plain(node);
  if (isOfType(value, variable.type)) return value;
  report({
    ...wrongType(variable, node.at),
    ...(!variable.sensitive && { actual: describe(value) }),
  });
  return undefined;
}

function readText(
  variable: Variable,
  { text, origin }: Extract<VariableSource, { kind: "text" }>,
  report: Report,
): Json | undefined {
  const value = fromText(text, variable.type);
  if (value === undefined) {
    const actual = variable.sensitive
      ? `a sensitive value by ${origin}`
      : `${quote(text)} by ${origin}`;
    report({ ...wrongType(variable, variable.keyAt), actual });
  }
  return value;
}

function wrongType({ name, type }: Variable, at: Span): Diagnostic {
  const expected = typeWords(type);
  return {
    severity: "error",
    code: "variable-type",
    summary: `the variable ${quote(name)} must be ${expected}`,
    range: rangeOf(at),
    expected,
    help: "give another value, or change the declared type",
  };
}

function missing({ name, keyAt }: Variable): Diagnostic {
  return {
    severity: "error",
    code: "variable-missing",
    summary: `the variable ${quote(name)} has no value`,
    range: rangeOf(keyAt),
    help:
      `give it by --var "${name}=...", by "${name}: ..." in a file named by --var-file, ` +
      `or by the environment variable PORTCULLIS_VAR_${name}`,
  };
}
