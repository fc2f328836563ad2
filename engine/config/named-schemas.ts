import type { JsonSchema } from "../model/json-schema.js";
import type { Provider } from "../model/provider.js";
import type { ResourceType } from "../model/resource-type.js";
import { bodySchema, outlineSchema } from "./schema.js";
import { templated } from "./templated.js";

/** A whole file without the bodies of its resources. */
export const FILE = "file";

/** A resource's body with the meta-arguments. */
export function bodyName({ name }: ResourceType): string {
  return `body_${name}`;
}

/** The settings of a provider. */
export function settingsName({ name }: Provider): string {
  return `settings_${name}`;
}

/** What values are checked against, by name. */
export function namedSchemas(
  providers: readonly Provider[],
): ReadonlyMap<string, () => JsonSchema> {
  return new Map([
    [FILE, () => outlineSchema(providers)],
    ...providers.flatMap((provider): [string, () => JsonSchema][] => [
      [settingsName(provider), () => ({ ...templated(provider.schema), type: "object" })],
      ...provider.types.map((type): [string, () => JsonSchema] => [
        bodyName(type),
        () => bodySchema(type, providers),
      ]),
    ]),
  ]);
}
