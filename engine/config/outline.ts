import type { ProviderBlock } from "../model/configuration.js";
import type { Provider } from "../model/provider.js";
import type { Declarations } from "./declarations.js";
import { isExpressionMap } from "./expressions.js";
import { plain } from "./node.js";
import { hasTemplate } from "./parse-template.js";
import type { Validator } from "./validator.js";

/** What is known of a configuration before its values are. */
export interface Outline {
  readonly provider: ProviderBlock;
  /** The resource types that are declared. */
  readonly types: ReadonlySet<string>;
}

/** Which cloud is meant and what of it; undefined where the provider block has expressions or mistakes. */
export function outlineOf(
  { provider: declared, resources }: Declarations,
  providers: readonly Provider[],
  validator: Validator,
): Outline | undefined {
  const types = new Set([...resources.values()].map(({ type }) => type));
  const [first] = providers;
  if (!declared) return first && { provider: { name: first.name, settings: {} }, types };
  const provider = providers.find(({ name }) => name === declared.name);
  if (!provider || hasTemplate(declared.node)) return undefined;
  const settings = plain(declared.node);
  const isSound = isExpressionMap(settings) && validator.settings(provider, settings).length === 0;
  if (!isSound) return undefined;
  return { provider: { name: provider.name, settings }, types };
}
