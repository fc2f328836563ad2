import { asText } from "../../../engine/model/expression.js";
import type { ResourceType } from "../../../engine/model/resource-type.js";
import { redact } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { canonicalAddressGroup } from "./canonical.js";
import { claimAddressGroup } from "./claim.js";
import { createAddressGroup } from "./create.js";
import { decodeDeclaration } from "./declaration.js";
import { deleteAddressGroup } from "./delete.js";
import { listAddressGroups } from "./list.js";
import { reviewAddressGroup } from "./review.js";
import { schema } from "./schema.js";
import { updateAddressGroup } from "./update.js";

/** A Neutron address group: address ranges under one name, for the rules of security groups. */
export const addressGroup: ResourceType<OpenStack> = {
  name: "address_group",
  description: "A list of address ranges that rules of security groups can name.",
  scope: "project",
  schema,
  attributes: {
    id: { description: "The cloud's id of the group.", computed: true },
    name: { description: "Its name; other groups may have the same." },
    description: { description: "What it is for." },
    addresses: { description: "All of its address ranges, by their canonical spelling." },
  },
  schemaVersion: 1,
  decode: async (body, context) => decodeDeclaration(body, context),
  list: listAddressGroups,
  canonical: canonicalAddressGroup,
  claim: async (_cloud, request) => claimAddressGroup(request),
  review: reviewAddressGroup,
  label: (_attribute, member) => `address ${asText(redact(member))}`,
  create: createAddressGroup,
  update: updateAddressGroup,
  delete: deleteAddressGroup,
};
