import { formatAddress } from "../model/address.js";
import type { Connection } from "../model/connection.js";
import type { RemoteObject } from "../model/remote-object.js";
import type { ResourceType } from "../model/resource-type.js";
import type { ResourceInstance, Snapshot } from "../model/state.js";
import type { JsonObject } from "../model/value.js";

/** The cloud as it is, beside what state remembers. */
export interface Refreshed {
  /** Instances that exist, with their present attributes, by address. */
  readonly instances: ReadonlyMap<string, RefreshedInstance>;
  /** What exists and no instance is, by type. */
  readonly unmanaged: ReadonlyMap<string, readonly RemoteObject[]>;
  /** What people call an id: an address where it is managed, otherwise its name in the cloud. */
  readonly names: ReadonlyMap<string, string>;
}

interface RefreshedInstance {
  readonly instance: ResourceInstance;
  readonly object: RemoteObject;
}

/** Reads the cloud: one list of each resource type that the configuration or the state has. */
export async function refresh(
  connection: Connection,
  snapshot: Snapshot,
  types: readonly ResourceType[],
): Promise<Refreshed> {
  const listOf = (type: ResourceType) =>
    connection.lists?.get(type.name) ?? type.list(connection.cloud);
  const lists = await Promise.all(
    types.map(async (type) => ({ type, objects: await listOf(type) })),
  );
  const instances = new Map<string, RefreshedInstance>();
  const unmanaged = new Map<string, readonly RemoteObject[]>();
  const names = new Map<string, string>();
  for (const { type, objects } of lists) {
    const byId = new Map(objects.map((object) => [object.id, object]));
    for (const object of objects) names.set(object.id, object.name || object.id);
    for (const instance of snapshot.instances) {
      const object = instance.address.type === type.name ? byId.get(instance.id) : undefined;
      if (!object) continue;
      const address = formatAddress(instance.address);
      byId.delete(instance.id);
      names.set(instance.id, address);
      instances.set(address, { object, instance: present(type, instance, object) });
    }
    unmanaged.set(type.name, [...byId.values()]);
  }
  return { instances, unmanaged, names };
}

/** The instance with what the cloud says now; what the cloud does not tell stays as remembered. */
function present(
  type: ResourceType,
  instance: ResourceInstance,
  object: RemoteObject,
): ResourceInstance {
  return {
    ...instance,
    attributes: { ...object.attributes, ...localOf(type, instance.attributes) },
  };
}

/** The attributes that only state knows. */
function localOf(type: ResourceType, attributes: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).filter(([key]) => type.attributes[key]?.local),
  );
}
