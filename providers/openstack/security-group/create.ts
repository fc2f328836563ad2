import type { CreateRequest, Written } from "../../../engine/model/provider.js";
import { isObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { text } from "../network/answer.js";
import { findNew } from "../network/collection.js";
import { markSeen } from "../network/seen.js";
import { GROUPS } from "./list.js";
import { egressRules } from "./reconcile.js";
import { ruleSet, rulesJson } from "./rule-attributes.js";
import { storedAttributes } from "./stored-group.js";

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
    GROUPS.path,
    { security_group: fields },
    {
      landed: async () => {
        const made = await findNew(cloud, GROUPS, fields.name);
        return made && { security_group: made };
      },
    },
  );
  const group = isObject(answer.security_group) ? answer.security_group : {};
  const attributes = storedAttributes(group);
  const id = text(group.id);
  markSeen(cloud, [id]);
  const given = rulesJson(ruleSet(egressRules(attributes)));
  return { id, attributes: { ...attributes, default_egress_rules: given } };
}
