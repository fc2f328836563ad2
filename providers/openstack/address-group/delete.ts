import type { DeleteRequest } from "../../../engine/model/write-request.js";
import type { OpenStack } from "../cloud.js";
import { deleteWhenFree } from "../network/delete-when-free.js";
import { addressGroupPath } from "./list.js";
import { describeUsers } from "./users.js";

/** Deletes an address group. While rules name it, Neutron refuses; then it says whose they are. */
export function deleteAddressGroup(cloud: OpenStack, request: DeleteRequest): Promise<void> {
  return deleteWhenFree(cloud, request, {
    path: addressGroupPath(request.id),
    thing: "address group",
    describeUsers: () => describeUsers(cloud, request.id),
    help: "Remove the rules that name it first.",
    // Rules go by somebody's hand, not by themselves as the ports of a deleted server do.
    usualSeconds: 0,
  });
}
