import type { CreateRequest } from "../../../engine/model/write-request.js";
import type { Written } from "../../../engine/model/written.js";
import type { OpenStack } from "../cloud.js";
import { text } from "../network/answer.js";
import { makeNamed } from "../network/make-named.js";
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
  const { object, notes } = await makeNamed(cloud, GROUPS, fields);
  const attributes = storedAttributes(object);
  const given = rulesJson(ruleSet(egressRules(attributes)));
  const id = text(object.id);
  return { id, attributes: { ...attributes, default_egress_rules: given }, notes };
}
