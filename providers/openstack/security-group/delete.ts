import { CloudError } from "../../../engine/model/errors.js";
import type { DeleteRequest } from "../../../engine/model/provider.js";
import type { OpenStack } from "../cloud.js";
import { groupPath } from "./list.js";
import { describeUsers } from "./users.js";

/** How long a group that is in use is waited for, between one try and the next: 60 s in all. */
const PAUSES_SECONDS = [1, 2, 4, 8, 15, 15, 15] as const;

/**
 * Deletes a group, with its rules and the rules of other groups that name it. While ports use it, it
 * is tried again for a minute; then it fails and names them.
 */
export async function deleteGroup(cloud: OpenStack, request: DeleteRequest): Promise<void> {
  const path = groupPath(request.id);
  for (const seconds of PAUSES_SECONDS) {
    const inUse = await tryDelete(cloud, path);
    if (!inUse) return;
    request.report(`waits: in use by ${await describeUsers(cloud, request.id)}`);
    await cloud.runtime.clock.sleep(seconds * 1000);
  }
  const inUse = await tryDelete(cloud, path);
  if (!inUse) return;
  throw new CloudError(
    "in-use",
    `the security group is in use by ${await describeUsers(cloud, request.id)}`,
    inUse.response,
    { cause: inUse, help: "Take the group off these ports, or delete what they belong to." },
  );
}

/** The refusal where the group is in use. */
async function tryDelete(cloud: OpenStack, path: string): Promise<CloudError | undefined> {
  try {
    await cloud.neutron.delete(path);
    return undefined;
  } catch (error) {
    if (error instanceof CloudError && error.code === "in-use") return error;
    throw error;
  }
}
