import { findCycles } from "../graph/cycles.js";
import { resolve } from "../graph/resolve.js";
import type { Configuration } from "../model/configuration.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Provider } from "../model/provider.js";
import type { Runtime } from "../model/runtime.js";
import { Unknown } from "../model/value.js";
import { warnOfKept } from "./kept-secrets.js";
import { checkSecretFiles } from "./secret-files.js";
import { checkUnique } from "./unique.js";

/** Every mistake that can be told without a cloud: attributes of other resources count as unknown. */
export async function validate(
  configuration: Configuration,
  provider: Provider,
  runtime: Runtime,
): Promise<readonly Diagnostic[]> {
  const types = new Map(provider.types.map((type) => [type.name, type]));
  const found = await Promise.all(
    configuration.resources.map(async (resource) => {
      const type = types.get(resource.address.type);
      const resolved = type && (await resolve(resource, type, (it) => new Unknown(it), runtime));
      return resolved ? [{ resource, resolved }] : [];
    }),
  );
  const resources = found.flat();
  return [
    ...findCycles(configuration.resources, types),
    ...resources.flatMap((it) => it.resolved.diagnostics),
    ...checkUnique(resources, types),
    ...checkSecretFiles(resources),
    ...(await warnOfKept(resources, runtime)),
  ];
}
