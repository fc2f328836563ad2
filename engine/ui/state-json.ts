import { formatAddress } from "../model/address.js";
import type { ResourceInstance, Snapshot } from "../model/state.js";
import type { JsonObject } from "../model/value.js";
import { cloudJson } from "./cloud-json.js";
import { FORMAT_VERSION } from "./json-format.js";
import { present } from "./present.js";

/**
 * The state for programs: `{format_version, lineage, serial, cloud?, resources, outputs}`, each
 * resource `{address, type, name, key?, provider, id, attributes, dependencies, prevent_destroy}`.
 * The state holds no secret, so neither does this.
 */
export function stateJson(snapshot: Snapshot): JsonObject {
  return present({
    format_version: FORMAT_VERSION,
    lineage: snapshot.lineage,
    serial: snapshot.serial,
    cloud: snapshot.cloud && cloudJson(snapshot.cloud),
    resources: snapshot.instances.map(resourceJson),
    outputs: snapshot.outputs,
  });
}

function resourceJson(instance: ResourceInstance): JsonObject {
  const { address } = instance;
  return present({
    address: formatAddress(address),
    type: address.type,
    name: address.name,
    key: address.key,
    provider: instance.provider,
    id: instance.id,
    attributes: instance.attributes,
    dependencies: instance.dependencies.map(formatAddress),
    prevent_destroy: instance.preventDestroy,
  });
}
