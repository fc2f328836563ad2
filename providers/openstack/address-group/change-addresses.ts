import { CloudError } from "../../../engine/model/errors.js";
import { isObject, type JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { storedAddresses } from "./addresses.js";
import { addressGroupPath } from "./list.js";

/** How Neutron refuses the whole request where one address is there already, or is not there. */
const REFUSALS = { add: "AddressesAlreadyExist", remove: "AddressesNotFound" } as const;

/**
 * Adds addresses to a group or removes them, in one request; answers all that it then has, undefined
 * where nothing was asked. What is so already, because somebody else was faster or an answer was
 * lost, is left out of a second try.
 */
export async function changeAddresses(
  cloud: OpenStack,
  id: string,
  action: keyof typeof REFUSALS,
  prefixes: readonly string[],
): Promise<JsonObject | undefined> {
  if (prefixes.length === 0) return undefined;
  const path = addressGroupPath(id);
  try {
    const answer = await cloud.neutron.put(`${path}/${action}_addresses`, { addresses: prefixes });
    return storedAddresses(isObject(answer.address_group) ? answer.address_group : {});
  } catch (error) {
    if (!(error instanceof CloudError) || error.response.type !== REFUSALS[action]) throw error;
    const answer = await cloud.neutron.get(path);
    const present = storedAddresses(isObject(answer?.address_group) ? answer.address_group : {});
    const left = prefixes.filter((it) => Object.hasOwn(present, it) === (action === "remove"));
    if (left.length === prefixes.length) throw error;
    return (await changeAddresses(cloud, id, action, left)) ?? present;
  }
}
