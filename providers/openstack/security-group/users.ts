import { OutsideError } from "../../../engine/model/errors.js";
import { isObject, type JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { pathSegment } from "../http/path-segment.js";
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
  const few = ports.slice(0, PORTS_NAMED);
  const named = await Promise.all(few.map((port) => describePort(cloud, port)));
  const more = ports.length - PORTS_NAMED;
  return more > 0 ? `${named.join(", ")} and ${more} more ports` : named.join(", ");
}

/** Clouds without the extension port-security-groups-filtering list every port. */
function hasGroup({ security_groups: groups }: JsonObject, id: string): boolean {
  return !Array.isArray(groups) || groups.includes(id);
}

async function describePort(cloud: OpenStack, port: JsonObject): Promise<string> {
  const owner = text(port.device_owner);
  const device = text(port.device_id);
  const words = `port ${text(port.id)}`;
  if (device === "") return words;
  if (!owner.startsWith("compute:")) return `${words} of ${owner} ${device}`;
  const name = await serverName(cloud, device);
  return `${words} of server ${name === "" ? device : `${JSON.stringify(name)} (${device})`}`;
}

/** What was asked already: a group in use is looked at again and again. */
const names = new WeakMap<OpenStack, Map<string, Promise<string>>>();

/** The name of a server, asked once; empty where compute does not tell. */
function serverName(cloud: OpenStack, id: string): Promise<string> {
  const known = names.get(cloud) ?? new Map<string, Promise<string>>();
  names.set(cloud, known);
  const name = known.get(id) ?? askName(cloud, id);
  known.set(id, name);
  return name;
}

async function askName({ nova }: OpenStack, id: string): Promise<string> {
  try {
    const answer = await nova.get(`/servers/${pathSegment(id)}`);
    return isObject(answer?.server) ? text(answer.server.name) : "";
  } catch (error) {
    if (error instanceof OutsideError) return "";
    throw error;
  }
}
