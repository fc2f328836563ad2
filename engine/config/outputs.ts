import { compareTexts } from "../model/address.js";
import type { Output } from "../model/configuration.js";
import type { Declarations } from "./declarations.js";
import { evaluateNode } from "./evaluate-node.js";
import { isSensitive } from "./known.js";
import { textAt, valueAt } from "./node.js";
import type { Scope } from "./scope.js";
import { rangeOf } from "./source-text.js";
import { isTooLarge } from "./weight.js";

/** The declared outputs, a value or `{value, ...}`, sorted by name. One with a sensitive part is sensitive. */
export function resolveOutputs(declared: Declarations["outputs"], scope: Scope): readonly Output[] {
  return [...declared.values()]
    .sort((a, b) => compareTexts(a.name, b.name))
    .flatMap(({ name, node, keyAt }): readonly Output[] => {
      const written = node.kind === "map" ? valueAt(node, "value") : node;
      if (!written) return [];
      const value = evaluateNode(written, scope);
      const range = rangeOf(keyAt);
      if (isTooLarge(value)) {
        const summary = "the output is larger than any real value";
        scope.report({ severity: "error", code: "yaml-too-large", summary, range });
        return [];
      }
      const description = textAt(node, "description");
      const marked = valueAt(node, "sensitive");
      const sensitive = (marked?.kind === "scalar" && marked.value === true) || isSensitive(value);
      return [{ name, value, sensitive, range, ...(description !== undefined && { description }) }];
    });
}
