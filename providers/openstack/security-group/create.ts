import { CloudError } from "../../../engine/model/errors.js";
import type { CreateRequest, Written } from "../../../engine/model/provider.js";
import { isObject, type JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { markSeen, wasSeen } from "./list.js";
import { egressRules } from "./reconcile.js";
import { ruleSet, rulesJson } from "./rule-attributes.js";
import { storedAttributes, text } from "./stored-group.js";

/**
 * Makes a group in one request, with the rules that the cloud gives every new group; tags and
 * rules follow by an update, so that nothing that fails can leave a group which nobody remembers.
 */
export async function createGroup(cloud: OpenStack, request: CreateRequest): Promise<Written> {
  const { name, description = "", stateful } = request.desired;
  const fields = {
    name: String(name),
    description: String(description),
    ...(stateful === false && { stateful: false }),
  };
  const answer = await cloud.neutron.post(
    "/security-groups",
    { security_group: fields },
    { landed: () => findNew(cloud, fields.name) },
  );
  const group = isObject(answer.security_group) ? answer.security_group : {};
  const attributes = storedAttributes(group);
  const id = text(group.id);
  markSeen(cloud, [id]);
  const given = rulesJson(ruleSet(egressRules(attributes)));
  return { id, attributes: { ...attributes, default_egress_rules: given } };
}

/** The group that a request whose answer was lost has made: of that name, and new. */
async function findNew(cloud: OpenStack, name: string): Promise<JsonObject | undefined> {
  const groups = await cloud.neutron.list("/security-groups", "security_groups", {
    query: { project_id: cloud.identity.project.id, name },
    marker: "id",
  });
  // Neutron compares names without case on some databases.
  const made = groups.filter((it) => it.name === name && wasSeen(cloud, text(it.id)) !== true);
  const [group, ...others] = made;
  if (!group) return undefined;
  if (others.length === 0 && wasSeen(cloud, text(group.id)) === false) {
    return { security_group: group };
  }
  throw new CloudError(
    "conflict",
    `no answer came, and there is more than one new security group named ${JSON.stringify(name)}`,
    { effect: "unknown" },
  );
}
