import type { CreateRequest, Written } from "../../../engine/model/provider.js";
import { isObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { text } from "../network/answer.js";
import { findNew } from "../network/collection.js";
import { markSeen } from "../network/seen.js";
import { prefixesOf } from "./addresses.js";
import { ADDRESS_GROUPS, storedAttributes } from "./list.js";

/** Makes an address group with all of its addresses, in one request. */
export async function createAddressGroup(
  cloud: OpenStack,
  { desired }: CreateRequest,
): Promise<Written> {
  const name = String(desired.name);
  const fields = {
    name,
    description: String(desired.description),
    addresses: prefixesOf(desired.addresses),
  };
  const answer = await cloud.neutron.post(
    ADDRESS_GROUPS.path,
    { address_group: fields },
    {
      landed: async () => {
        const made = await findNew(cloud, ADDRESS_GROUPS, name);
        return made && { address_group: made };
      },
    },
  );
  const group = isObject(answer.address_group) ? answer.address_group : {};
  const id = text(group.id);
  markSeen(cloud, [id]);
  return { id, attributes: storedAttributes(group) };
}
