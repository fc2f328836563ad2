import { CloudError } from "../../../engine/model/errors.js";
import type { DeleteRequest } from "../../../engine/model/provider.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { text } from "./stored-group.js";

/** How long a group that is in use is waited for, between one try and the next: 60 s in all. */
const PAUSES_SECONDS = [1, 2, 4, 8, 15, 15, 15] as const;
const PORTS_NAMED = 5;

/**
 * Deletes a group, with its rules and the rules of other groups that name it. While ports use it, it
 * is tried again for a minute; then it fails and names them.
 */
export async function deleteGroup(cloud: OpenStack, request: DeleteRequest): Promise<void> {
  const path = `/security-groups/${encodeURIComponent(request.id)}`;
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

/** The ports that have the group, as far as the log-in may see them. */
async function describeUsers(cloud: OpenStack, id: string): Promise<string> {
  const listed = await cloud.neutron.list("/ports", "ports", {
    query: { security_groups: id, fields: ["id", "device_owner", "device_id", "security_groups"] },
    marker: "id",
  });
  // Clouds without port-security-groups-filtering list every port.
  const ports = listed.filter(
    (it) => !Array.isArray(it.security_groups) || it.security_groups.includes(id),
  );
  if (ports.length === 0) return "ports that this log-in cannot see";
  const named = ports.slice(0, PORTS_NAMED).map(describePort).join(", ");
  const more = ports.length - PORTS_NAMED;
  return more > 0 ? `${named} and ${more} more ports` : named;
}

function describePort(port: JsonObject): string {
  const owner = text(port.device_owner);
  const device = text(port.device_id);
  const of = owner.startsWith("compute:") ? "server" : owner;
  return `port ${text(port.id)}${device === "" ? "" : ` of ${of} ${device}`}`;
}
