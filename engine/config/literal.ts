import type { Node } from "./node.js";
import { isTemplate } from "./parse-template.js";
import type { Report } from "./report.js";
import { rangeOf } from "./source-text.js";

/** Whether a node is a plain value: no expressions, nothing that was reported. */
export function checkLiteral(node: Node, what: string, report: Report): boolean {
  switch (node.kind) {
    case "broken":
      return false;
    case "list":
      return node.items.filter((item) => !checkLiteral(item, what, report)).length === 0;
    case "map":
      return (
        [...node.entries.values()].filter(({ value }) => !checkLiteral(value, what, report))
          .length === 0
      );
    case "scalar":
      break;
  }
  if (typeof node.value !== "string" || !isTemplate(node.value)) return true;
  report({
    severity: "error",
    code: "bad-expression",
    summary: `${what} may not hold an expression`,
    range: rangeOf(node.at),
    help: "use a local for what is put together from other values",
  });
  return false;
}
