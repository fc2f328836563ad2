import type { ResourceType } from "../../../engine/model/resource-type.js";
import type { OpenStack } from "../cloud.js";
import { canonicalGroup } from "./canonical.js";
import { claimGroup } from "./claim.js";
import { createGroup } from "./create.js";
import { DEFAULT_GROUP, decodeDeclaration } from "./declaration.js";
import { deleteGroup } from "./delete.js";
import { keptDefaults } from "./kept-defaults.js";
import { listGroups } from "./list.js";
import { groupQuota } from "./quota.js";
import { reconcileGroup } from "./reconcile.js";
import { reviewGroup } from "./review.js";
import { ruleFromAttributes } from "./rule-attributes.js";
import { ruleLabel } from "./rule-label.js";
import { schema } from "./schema.js";
import { tiesOf } from "./ties.js";
import { updateGroup } from "./update.js";

/** A Neutron security group with all of its rules. */
export const securityGroup: ResourceType<OpenStack> = {
  name: "security_group",
  description: "A set of rules for the traffic of the servers that have it.",
  scope: "project",
  schema,
  attributes: {
    id: { description: "The cloud's id of the group.", computed: true },
    name: { description: "Its name; other groups may have the same.", unique: [DEFAULT_GROUP] },
    description: { description: "What it is for." },
    stateful: { description: "Whether answers to allowed traffic pass without a rule." },
    tags: { description: "Its tags, sorted.", deferred: true },
    rules: { description: "All of its rules, by what they mean.", deferred: true },
    default_egress: {
      description: "Whether the egress rules that the cloud gave it stay.",
      createOnly: true,
    },
    default_egress_rules: {
      description: "The egress rules that the cloud gave it.",
      computed: true,
      local: true,
    },
  },
  schemaVersion: 1,
  decode: async (body, context) => decodeDeclaration(body, context),
  list: listGroups,
  claim: claimGroup,
  canonical: canonicalGroup,
  reconcile: reconcileGroup,
  undeletable: ({ name }) =>
    name === DEFAULT_GROUP ? "the project's default group cannot be deleted" : undefined,
  ties: tiesOf,
  quota: groupQuota,
  given: keptDefaults,
  review: reviewGroup,
  label: (_attribute, member, nameOf) => ruleLabel(ruleFromAttributes(member), nameOf),
  create: createGroup,
  update: updateGroup,
  delete: deleteGroup,
};
