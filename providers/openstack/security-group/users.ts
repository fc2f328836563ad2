import type { JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { text } from "../network/answer.js";

const PORTS_NAMED = 5;

/** The ports that have a group, as far as the log-in may see them, in words. */
export async function describeUsers(cloud: OpenStack, id: string): Promise<string> {
  const listed = await cloud.neutron.list("/ports", "ports", {
    query: {
      security_groups: id,
      fields: ["id", "device_owner", "device_id", "security_groups"],
    },
    marker: "id",
  });
  const ports = listed.filter((port) => hasGroup(port, id));
  if (ports.length === 0) return "ports that this log-in cannot see";
  const named = ports.slice(0, PORTS_NAMED).map(describePort).join(", ");
  const more = ports.length - PORTS_NAMED;
  return more > 0 ? `${named} and ${more} more ports` : named;
}

/** Clouds without the extension port-security-groups-filtering list every port. */
function hasGroup({ security_groups: groups }: JsonObject, id: string): boolean {
  return !Array.isArray(groups) || groups.includes(id);
}

function describePort(port: JsonObject): string {
  const owner = text(port.device_owner);
  const device = text(port.device_id);
  const of = owner.startsWith("compute:") ? "server" : owner;
  return `port ${text(port.id)}${device === "" ? "" : ` of ${of} ${device}`}`;
}
