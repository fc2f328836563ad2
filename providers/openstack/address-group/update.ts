import type { JsonObject, ValueObject } from "../../../engine/model/value.js";
import type { UpdateRequest } from "../../../engine/model/write-request.js";
import type { Written } from "../../../engine/model/written.js";
import type { OpenStack } from "../cloud.js";
import { changedFields } from "../network/changed-fields.js";
import { addressSet, prefixesOf } from "./addresses.js";
import { changeAddresses } from "./change-addresses.js";
import { addressGroupPath } from "./list.js";

/**
 * Makes an address group as desired: what is missing is added before what is too much is removed, so
 * that no address which stays allowed is refused in between. Addresses that the plan has not shown
 * are left alone.
 */
export async function updateAddressGroup(
  cloud: OpenStack,
  { id, desired, existing }: UpdateRequest,
): Promise<Written> {
  const fields = await updateFields(cloud, id, desired, existing);
  const changed = { ...existing, ...fields };
  if (desired.addresses === undefined) return { id, attributes: changed };
  const have = prefixesOf(existing.addresses);
  const wanted = prefixesOf(desired.addresses);
  const missing = wanted.filter((it) => !have.includes(it));
  const unwanted = have.filter((it) => !wanted.includes(it));
  const added = await changeAddresses(cloud, id, "add", missing);
  const left = await changeAddresses(cloud, id, "remove", unwanted);
  return { id, attributes: { ...changed, addresses: left ?? added ?? addressSet(wanted) } };
}

async function updateFields(
  cloud: OpenStack,
  id: string,
  desired: ValueObject,
  existing: JsonObject,
): Promise<JsonObject> {
  const body = changedFields(["name", "description"], desired, existing);
  if (Object.keys(body).length > 0) {
    await cloud.neutron.put(addressGroupPath(id), { address_group: body });
  }
  return body;
}
