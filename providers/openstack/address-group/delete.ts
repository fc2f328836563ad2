import { CloudError } from "../../../engine/model/errors.js";
import type { DeleteRequest } from "../../../engine/model/provider.js";
import type { OpenStack } from "../cloud.js";
import { addressGroupPath } from "./list.js";
import { describeUsers } from "./users.js";

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
