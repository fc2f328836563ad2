import type { Types } from "../graph/dependencies.js";
import { type Resolved, resolve } from "../graph/resolve.js";
import { referencesIn } from "../model/expression.js";
import type { Resource } from "../model/resource.js";
import type { Runtime } from "../model/runtime.js";
import { Unknown } from "../model/value.js";

/** Declarations in canonical form, as far as they refer to nothing that the cloud tells. */
export async function resolveAhead(
  resources: readonly Resource[],
  types: Types,
  runtime: Runtime,
): Promise<ReadonlyMap<Resource, Resolved>> {
  const resolved = new Map<Resource, Resolved>();
  for (const resource of resources) {
    const type = types.get(resource.address.type);
    if (!type || referencesIn(resource.config).length > 0) continue;
    const lookup = () => new Unknown();
    resolved.set(resource, await resolve(resource, type, lookup, runtime));
  }
  return resolved;
}
