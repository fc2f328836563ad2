import { didYouMean } from "../model/closest.js";
import { type Expression, Template } from "../model/expression.js";
import { Sensitive } from "../model/value.js";
import { FAILED } from "./expressions.js";
import { placeInText } from "./place-in-text.js";
import { fail, type Site } from "./scope.js";
import { NoPart, stepInto } from "./step-into.js";
import type { Extent, PathSyntax, Step, Syntax } from "./syntax.js";

type Evaluate = (site: Site, syntax: Syntax) => Expression;

/** The value of `var.x`, `local.x`, `each.key` or `type.name.attribute`, with the way inside it. */
export function evaluatePath(site: Site, path: PathSyntax, evaluate: Evaluate): Expression {
  const { scope } = site;
  switch (path.root) {
    case "var":
      return declared(site, path, scope.variables, "variable", evaluate);
    case "local":
      return declared(site, path, scope.locals, "local", evaluate);
    case "each":
      return each(site, path, evaluate);
    default:
      return scope.types.has(path.root)
        ? resourceAttribute(site, path, evaluate)
        : unknownRoot(site, path);
  }
}

function declared(
  site: Site,
  path: PathSyntax,
  values: ReadonlyMap<string, Expression>,
  noun: "variable" | "local",
  evaluate: Evaluate,
): Expression {
  const [first, ...rest] = path.steps;
  if (first?.kind !== "name") {
    const summary = `${path.root} needs the name of a ${noun}`;
    return fail(site, path.extent, "bad-expression", summary, `write ${path.root}.NAME`);
  }
  const value = values.get(first.name);
  if (value !== undefined) return walk(site, value, rest, evaluate);
  if (!site.scope.complete) return FAILED;
  const otherwise = `declare it under "${noun}s:"`;
  const help = didYouMean(first.name, values.keys(), otherwise);
  const extent = { from: path.extent.from, to: first.extent.to };
  const summary = `the ${noun} ${JSON.stringify(first.name)} is not declared`;
  return fail(site, extent, "missing-reference", summary, help);
}

function each(site: Site, path: PathSyntax, evaluate: Evaluate): Expression {
  const { each: current } = site.scope;
  if (!current) {
    const summary = "each is only there in a resource with for_each";
    return fail(site, path.extent, "bad-expression", summary, "add for_each to the resource");
  }
  const [first, ...rest] = path.steps;
  const name = first?.kind === "name" ? first.name : "";
  if (name === "key") return walk(site, current.key, rest, evaluate);
  if (name === "value") return walk(site, current.value, rest, evaluate);
  const summary = "each has only a key and a value";
  return fail(site, path.extent, "bad-expression", summary, "write each.key or each.value");
}

/** Follows the steps into a value; the first that leads nowhere is reported. */
function walk(
  site: Site,
  value: Expression,
  steps: readonly Step[],
  evaluate: Evaluate,
): Expression {
  let at = value;
  for (const step of steps) {
    const key = keyOf(site, step, evaluate);
    const part = key === undefined ? FAILED : stepInto(at, key);
    if (part instanceof NoPart) {
      return fail(site, step.extent, "missing-reference", part.summary, part.help);
    }
    at = part;
  }
  return at;
}

/** The text of a step; undefined where it was reported or could not be evaluated. */
function keyOf(site: Site, step: Step, evaluate: Evaluate): string | undefined {
  if (step.kind === "name") return step.name;
  const value = evaluate(site, step.index);
  if (typeof value === "string") return value;
  if (typeof value === "number") return `${value}`;
  if (value === FAILED) return undefined;
  if (value instanceof Template) {
    const help = "use a variable, a local or each.key";
    fail(site, step.extent, "not-known-yet", "what only apply knows cannot be a key", help);
  } else {
    const secret = value instanceof Sensitive;
    const summary = secret ? "a sensitive value cannot be a key" : "a key is text or a number";
    fail(site, step.extent, "bad-expression", summary, 'write ["KEY"] or [0]');
  }
  return undefined;
}

function resourceAttribute(site: Site, path: PathSyntax, evaluate: Evaluate): Expression {
  const [first, ...rest] = path.steps;
  if (first?.kind !== "name") return failWhole(site, path.extent, `${path.root}.NAME.ATTRIBUTE`);
  const [second] = rest;
  const repeated = second?.kind === "index";
  const key = repeated ? keyOf(site, second, evaluate) : undefined;
  if (repeated && key === undefined) return FAILED;
  const way = rest.slice(repeated ? 1 : 0).map((step) => keyOf(site, step, evaluate));
  const known = way.filter((part) => part !== undefined);
  if (known.length < way.length) return FAILED;
  const address = { type: path.root, name: first.name, ...(key !== undefined && { key }) };
  if (known.length === 0) {
    const written = site.text.slice(path.extent.from, path.extent.to);
    return failWhole(site, path.extent, `${written}.ATTRIBUTE, such as ${written}.id`);
  }
  const range = placeInText(site.node, site.text, path.extent);
  const reference = { address, path: known, range };
  site.scope.refer(reference);
  return new Template([reference]);
}

function failWhole(site: Site, extent: Extent, form: string): Expression {
  const summary = "a reference to a resource names one of its attributes";
  return fail(site, extent, "bad-expression", summary, `write ${form}`);
}

function unknownRoot(site: Site, path: PathSyntax): Expression {
  const { scope } = site;
  const { root } = path;
  const summary = `nothing is called ${JSON.stringify(root)} here`;
  const help = scope.variables.has(root)
    ? `write var.${root}`
    : scope.locals.has(root)
      ? `write local.${root}`
      : didYouMean(
          root,
          ["var", "local", "each", ...scope.types],
          "write var.NAME, local.NAME, each.key, each.value or TYPE.NAME.ATTRIBUTE",
        );
  return fail(site, path.rootExtent, "missing-reference", summary, help);
}
