import { CloudError } from "../../../engine/model/errors.js";
import type { DeleteRequest } from "../../../engine/model/provider.js";
import type { OpenStack } from "../cloud.js";
import { text } from "../network/answer.js";
import { addressGroupPath } from "./list.js";

const GROUPS_NAMED = 5;

/** Deletes an address group. While rules name it, Neutron refuses; then it says whose they are. */
export async function deleteAddressGroup(cloud: OpenStack, { id }: DeleteRequest): Promise<void> {
  try {
    await cloud.neutron.delete(addressGroupPath(id));
  } catch (error) {
    if (!(error instanceof CloudError) || error.code !== "in-use") throw error;
    throw new CloudError(
      "in-use",
      `the address group is in use by ${await describeUsers(cloud, id)}`,
      error.response,
      { cause: error, help: "Remove the rules that name it first." },
    );
  }
}

/** The security groups whose rules name an address group, as far as the log-in may see them. */
async function describeUsers(cloud: OpenStack, id: string): Promise<string> {
  const rules = await cloud.neutron.list("/security-group-rules", "security_group_rules", {
    query: {
      remote_address_group_id: id,
      fields: ["id", "security_group_id", "remote_address_group_id"],
    },
    marker: "id",
  });
  const users = rules.filter((it) => it.remote_address_group_id === id);
  const ids = [...new Set(users.map((it) => text(it.security_group_id)))];
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
