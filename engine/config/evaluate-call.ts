import { didYouMean } from "../model/closest.js";
import type { Expression } from "../model/expression.js";
import type { Json } from "../model/value.js";
import { FAILED } from "./expressions.js";
import { accepts, type CallFailure, FUNCTIONS, type LanguageFunction } from "./functions.js";
import { known, sealed } from "./known.js";
import { listed } from "./report.js";
import { fail, type Site } from "./scope.js";
import type { CallSyntax } from "./syntax.js";
import { MAX_WEIGHT, weigh } from "./weight.js";

/** The value of a function call whose arguments are evaluated. */
export function evaluateCall(
  site: Site,
  syntax: CallSyntax,
  values: readonly Expression[],
): Expression {
  const called = FUNCTIONS.get(syntax.name);
  if (!called) return failUnknown(site, syntax);
  const arity = called.parameters.length;
  if (called.rest ? values.length < arity : values.length !== arity) {
    const takes = `${arity}${called.rest ? " or more" : ""} argument${arity === 1 ? "" : "s"}`;
    const summary = `${syntax.name} takes ${takes}, not ${values.length}`;
    return fail(site, syntax.extent, "bad-expression", summary, `write ${called.signature}`);
  }
  const plain: Json[] = [];
  let sensitive = false;
  for (const [index, value] of values.entries()) {
    const argument = plainArgument(site, syntax, called, index, value);
    if (!argument) return FAILED;
    plain.push(argument.value);
    sensitive ||= argument.sensitive;
  }
  if (values.reduce<number>((sum, value) => sum + weigh(value).total, 0) > MAX_WEIGHT) {
    return fail(site, syntax.extent, "yaml-too-large", "the value would be too large");
  }
  const result = called.call(plain, site.scope.outside);
  if (result.kind === "value") return sealed(result.value, sensitive);
  if (result.kind === "pending") return FAILED;
  const { code, summary, help } = sensitive ? unsaid(syntax, result.failure) : result.failure;
  return fail(site, syntax.extent, code, summary, help);
}

/** What a call with a secret argument fails for may quote it. */
function unsaid({ name }: CallSyntax, { code }: CallFailure): CallFailure {
  return { code, summary: `${name} fails for this sensitive value`, help: "check the value" };
}

function plainArgument(
  site: Site,
  syntax: CallSyntax,
  called: LanguageFunction,
  index: number,
  value: Expression,
): { readonly value: Json; readonly sensitive: boolean } | undefined {
  const extent = syntax.arguments[index]?.extent ?? syntax.extent;
  const found = known(value);
  if (found.kind === "failed") return undefined;
  if (found.kind === "reference") {
    const summary = `${syntax.name} cannot take what only apply knows`;
    fail(site, extent, "not-known-yet", summary, "use variables and locals without resources");
    return undefined;
  }
  const parameter = called.parameters[Math.min(index, called.parameters.length - 1)];
  if (parameter && !accepts(parameter, found.value)) {
    const summary = `${syntax.name} takes ${parameter} here`;
    fail(site, extent, "wrong-type", summary, `write ${called.signature}`);
    return undefined;
  }
  return found;
}

function failUnknown(site: Site, { name, nameExtent }: CallSyntax): Expression {
  const names = [...FUNCTIONS.keys()];
  const help = didYouMean(name, names, `the functions are ${listed(names)}`);
  return fail(site, nameExtent, "unknown-function", `there is no function ${name}`, help);
}
