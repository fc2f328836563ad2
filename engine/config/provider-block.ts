import type { ProviderBlock } from "../model/configuration.js";
import type { Expression } from "../model/expression.js";
import type { Provider } from "../model/provider.js";
import { checkedValue } from "./checked-value.js";
import type { Declared } from "./declarations.js";
import { evaluateNode } from "./evaluate-node.js";
import { isExpressionMap } from "./expressions.js";
import { known } from "./known.js";
import { hasTemplate } from "./parse-template.js";
import type { Scope } from "./scope.js";
import { rangeOf } from "./source-text.js";
import type { Validator } from "./validator.js";
import { diagnose } from "./violations.js";

/** The provider and its settings; the first provider there is, where nothing is said. */
export function resolveProvider(
  declared: Declared | undefined,
  providers: readonly Provider[],
  scope: Scope,
  validator: Validator,
): ProviderBlock {
  if (!declared) return { name: providers[0]?.name ?? "", settings: {} };
  const { name, node, keyAt } = declared;
  const range = rangeOf(keyAt);
  const value = evaluateNode(node, scope);
  const provider = providers.find((it) => it.name === name);
  if (provider && isExpressionMap(value) && hasTemplate(node))
    checkSettings(value, provider, declared, scope, validator);
  const settings = known(value);
  const usable = settings.kind === "known" && isExpressionMap(settings.value);
  return { name, settings: usable ? settings.value : {}, range };
}

/** Settings without expression are checked with the file that they stand in. */
function checkSettings(
  value: Expression,
  provider: Provider,
  { name, node, keyAt }: Declared,
  scope: Scope,
  validator: Validator,
): void {
  const settings = known(value);
  if (settings.kind === "reference" || (settings.kind === "known" && settings.sensitive)) {
    const secret = settings.kind === "known";
    scope.report({
      severity: "error",
      code: secret ? "wrong-value" : "not-known-yet",
      summary: secret
        ? "a setting of the provider cannot be sensitive"
        : "a setting of the provider cannot depend on a resource",
      range: rangeOf(keyAt),
      help: "use variables and locals that are neither",
    });
    return;
  }
  const checked = checkedValue(value);
  const violations = validator.settings(provider, checked.value);
  for (const mistake of diagnose(violations, { node, name, keyAt, ...checked }))
    scope.report(mistake);
}
