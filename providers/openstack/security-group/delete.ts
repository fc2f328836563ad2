import type { DeleteRequest } from "../../../engine/model/write-request.js";
import type { OpenStack } from "../cloud.js";
import { deleteWhenFree } from "../network/delete-when-free.js";
import { groupPath } from "./list.js";
import { describeUsers } from "./users.js";

/**
 * Deletes a group, with its rules and the rules of other groups that name it. While ports use it, it
 * is tried again, for a minute unless the user chose otherwise.
 */
export function deleteGroup(cloud: OpenStack, request: DeleteRequest): Promise<void> {
  return deleteWhenFree(cloud, request, {
    path: groupPath(request.id),
    thing: "security group",
    describeUsers: () => describeUsers(cloud, request.id),
    help: "Take the group off these ports, or delete what they belong to; --wait waits longer for it.",
    usualSeconds: 60,
  });
}
