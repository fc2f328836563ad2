import { canonicalJson, isObject } from "../../engine/model/value.js";
import type { OpenStack } from "../../providers/openstack/cloud.js";

/** Decided by the cloud, or by the moment. */
const PASSING: ReadonlySet<string> = new Set([
  "created_at",
  "updated_at",
  "revision_number",
  "id",
  "links",
  "standard_attr_id",
  "security_group_id",
]);

/** All that the user has in the cloud, in its own words, without ids and times: names stand for ids. */
export async function pictureOf(cloud: OpenStack): Promise<unknown> {
  const credentials = `/users/${cloud.identity.user.id}/application_credentials`;
  const groups = await cloud.neutron.list("/security-groups", "security_groups");
  const addressGroups = await cloud.neutron.list("/address-groups", "address_groups");
  const lists = {
    groups,
    addressGroups,
    keyPairs: await cloud.nova.list("/os-keypairs", "keypairs"),
    credentials: await cloud.keystone.list(credentials, "application_credentials"),
  };
  return withoutPassing(
    lists,
    new Map([...groups, ...addressGroups].map(({ id, name }) => [String(id), String(name)])),
  );
}

/** Data of a cloud without what passes, in an order of its own; texts such as ids are exchanged. */
export function withoutPassing(data: unknown, names: ReadonlyMap<string, string>): unknown {
  const text = [...names].reduce((it, [id, name]) => {
    return it.replaceAll(JSON.stringify(id).slice(1, -1), JSON.stringify(name).slice(1, -1));
  }, JSON.stringify(data));
  return settled(JSON.parse(text));
}

/** Without what passes, with lists in an order of their own; no description is an empty one. */
function settled(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .map((item) => canonicalJson(settled(item)))
      .sort()
      .map((item): unknown => JSON.parse(item));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !PASSING.has(key))
      .map(([key, item]) => [key, key === "description" ? (item ?? "") : settled(item)]),
  );
}
