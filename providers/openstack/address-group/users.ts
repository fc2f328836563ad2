import type { OpenStack } from "../cloud.js";
import { text } from "../network/answer.js";

const GROUPS_NAMED = 5;

/** The ids of the security groups whose rules name an address group, as far as the log-in may see them. */
export async function findUsers(cloud: OpenStack, id: string): Promise<readonly string[]> {
  const rules = await cloud.neutron.list("/security-group-rules", "security_group_rules", {
    query: {
      remote_address_group_id: id,
      fields: ["id", "security_group_id", "remote_address_group_id"],
    },
    marker: "id",
  });
  const users = rules.filter((it) => it.remote_address_group_id === id);
  return [...new Set(users.map((it) => text(it.security_group_id)))];
}

/** The same in words. */
export async function describeUsers(cloud: OpenStack, id: string): Promise<string> {
  const ids = await findUsers(cloud, id);
  if (ids.length === 0) return "rules that this log-in cannot see";
  const named = ids.slice(0, GROUPS_NAMED);
  const groups = await cloud.neutron.list("/security-groups", "security_groups", {
    query: { id: named, fields: ["id", "name"] },
    marker: "id",
  });
  const names = new Map(groups.map((it) => [text(it.id), text(it.name)]));
  const described = named.map((it) => `${JSON.stringify(names.get(it) ?? "")} (${it})`).join(", ");
  const more = ids.length - named.length;
  return `rules of security group ${described}${more > 0 ? ` and ${more} more` : ""}`;
}
