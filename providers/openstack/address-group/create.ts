import type { CreateRequest } from "../../../engine/model/write-request.js";
import type { Written } from "../../../engine/model/written.js";
import type { OpenStack } from "../cloud.js";
import { text } from "../network/answer.js";
import { makeNamed } from "../network/make-named.js";
import { prefixesOf } from "./addresses.js";
import { ADDRESS_GROUPS, storedAttributes } from "./list.js";

/** Makes an address group with all of its addresses, in one request. */
export async function createAddressGroup(
  cloud: OpenStack,
  { desired }: CreateRequest,
): Promise<Written> {
  const fields = {
    name: String(desired.name),
    description: String(desired.description),
    addresses: prefixesOf(desired.addresses),
  };
  const { object, notes } = await makeNamed(cloud, ADDRESS_GROUPS, fields);
  return { id: text(object.id), attributes: storedAttributes(object), notes };
}
