import type { Expression } from "../model/expression.js";
import type { Declarations, Declared } from "./declarations.js";
import { evaluateNode } from "./evaluate-node.js";
import { FAILED } from "./expressions.js";
import { orderLocals } from "./local-order.js";
import { quote, type Report } from "./report.js";
import type { Scope } from "./scope.js";
import { rangeOf } from "./source-text.js";
import { isTooLarge } from "./weight.js";

/** The value of every local; FAILED where it has none, which was reported. */
export function resolveLocals(
  declared: Declarations["locals"],
  scope: Omit<Scope, "locals">,
): ReadonlyMap<string, Expression> {
  const { ordered, cycles } = orderLocals(declared);
  const values = new Map<string, Expression>([...declared.keys()].map((name) => [name, FAILED]));
  for (const cycle of cycles) reportCycle(cycle, scope.report);
  for (const local of ordered) {
    const value = evaluateNode(local.node, { ...scope, locals: values });
    const tooLarge = isTooLarge(value);
    if (tooLarge) reportTooLarge(local, scope.report);
    values.set(local.name, tooLarge ? FAILED : value);
  }
  return values;
}

function reportCycle(cycle: readonly Declared[], report: Report): void {
  const [first, ...others] = cycle;
  if (!first) return;
  const way = [...cycle, first].map(({ name }) => `local.${name}`).join(" -> ");
  report({
    severity: "error",
    code: "reference-cycle",
    summary: `locals refer to each other in a circle: ${way}`,
    range: rangeOf(first.keyAt),
    ...(others.length > 0 && {
      related: others.map(({ name, keyAt }) => ({
        message: `local.${name}`,
        range: rangeOf(keyAt),
      })),
    }),
    help: "write one of them out",
  });
}

function reportTooLarge({ name, keyAt }: Declared, report: Report): void {
  report({
    severity: "error",
    code: "yaml-too-large",
    summary: `the local ${quote(name)} is larger or deeper than any real value`,
    range: rangeOf(keyAt),
    help: "repeat less",
  });
}
