import { randomBytes } from "node:crypto";
import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import type { Call, Reply } from "../http.js";
import type { Network, Port } from "../rows.js";
import { readCreation, readUpdate, textOf, type Values } from "./attributes.js";
import { ensureDefaultGroup } from "./default-group.js";
import { neutronError } from "./errors.js";
import { findGroup } from "./groups.js";
import { NETWORK, PORT_KIND } from "./kinds.js";
import { listReply, selectFields } from "./listing.js";
import { offered } from "./offered.js";
import { requireNoBody } from "./preconditions.js";
import { isVisible, type Requester } from "./requester.js";
import { newStandard, revised, standardView } from "./standard.js";

/** GET /networks */
export function listNetworks(cloud: Cloud, call: Call, requester: Requester): Reply {
  const rows = cloud.tables.networks.all().filter((it) => isVisible(it, requester));
  return { status: 200, json: listReply(cloud, call, NETWORK, rows.map(networkView)) };
}

/** GET /networks/ID */
export function showNetwork(cloud: Cloud, call: Call, requester: Requester): Reply {
  const network = networkView(findNetwork(cloud, call.segment("id"), requester));
  return { status: 200, json: { network: selectFields(network, call.query) } };
}

/** POST /networks: as much of a network as a port needs */
export function postNetwork(cloud: Cloud, call: Call, requester: Requester): Reply {
  const [values = {}] = readCreation(call, offered(cloud, NETWORK), requester).items;
  const projectId = textOf(values.project_id);
  ensureDefaultGroup(cloud, projectId);
  const network = cloud.tables.networks.put({
    ...newStandard(cloud, projectId, textOf(values.description), 1),
    name: textOf(values.name),
  });
  return { status: 201, json: { network: networkView(network) } };
}

/** DELETE /networks/ID */
export function deleteNetwork(cloud: Cloud, call: Call, requester: Requester): Reply {
  requireNoBody(call);
  const { id } = findNetwork(cloud, call.segment("id"), requester);
  const ports = cloud.tables.ports.all().filter((port) => port.networkId === id);
  if (ports.length > 0) {
    throw neutronError(
      409,
      "NetworkInUse",
      `Unable to complete operation on network ${id}. There are one or more ports still in use ` +
        `on the network, id for these ports is: ${ports.map((port) => port.id).join(",")}.`,
    );
  }
  cloud.tables.networks.delete(id);
  return { status: 204 };
}

/** GET /ports */
export function listPorts(cloud: Cloud, call: Call, requester: Requester): Reply {
  const rows = cloud.tables.ports.all().filter((it) => isVisible(it, requester));
  const groups = call.query.getAll("security_groups");
  const using =
    groups.length === 0
      ? rows
      : rows.filter((port) => groups.some((id) => port.securityGroupIds.includes(id)));
  const query = new URLSearchParams(call.query);
  query.delete("security_groups");
  return {
    status: 200,
    json: listReply(cloud, { ...call, query }, PORT_KIND, using.map(portView)),
  };
}

/** GET /ports/ID */
export function showPort(cloud: Cloud, call: Call, requester: Requester): Reply {
  const port = portView(findPort(cloud, call.segment("id"), requester));
  return { status: 200, json: { port: selectFields(port, call.query) } };
}

/** POST /ports: an unbound port, which uses its security groups */
export function postPort(cloud: Cloud, call: Call, requester: Requester): Reply {
  const [values = {}] = readCreation(call, offered(cloud, PORT_KIND), requester).items;
  const projectId = textOf(values.project_id);
  ensureDefaultGroup(cloud, projectId);
  const network = findNetwork(cloud, textOf(values.network_id), requester);
  const tail = [...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, "0"));
  const port = cloud.tables.ports.put({
    ...newStandard(cloud, projectId, textOf(values.description), 1),
    name: textOf(values.name),
    networkId: network.id,
    deviceId: textOf(values.device_id),
    macAddress: ["fa", "16", "3e", ...tail].join(":"),
    securityGroupIds: readGroups(cloud, values, requester) ?? [defaultGroupId(cloud, projectId)],
  });
  return { status: 201, json: { port: portView(port) } };
}

/** PUT /ports/ID: its name and security groups */
export function putPort(cloud: Cloud, call: Call, requester: Requester): Reply {
  const values = readUpdate(call, offered(cloud, PORT_KIND), requester);
  const port = findPort(cloud, call.segment("id"), requester);
  const updated = cloud.tables.ports.put({
    ...revised(cloud, port),
    name: values.name === undefined ? port.name : textOf(values.name),
    deviceId: values.device_id === undefined ? port.deviceId : textOf(values.device_id),
    securityGroupIds: readGroups(cloud, values, requester) ?? port.securityGroupIds,
  });
  return { status: 200, json: { port: portView(updated) } };
}

/** DELETE /ports/ID */
export function deletePort(cloud: Cloud, call: Call, requester: Requester): Reply {
  requireNoBody(call);
  cloud.tables.ports.delete(findPort(cloud, call.segment("id"), requester).id);
  return { status: 204 };
}

function readGroups(
  cloud: Cloud,
  values: Values,
  requester: Requester,
): readonly string[] | undefined {
  const ids = values.security_groups;
  if (!Array.isArray(ids)) return undefined;
  return ids.map((id) => findGroup(cloud, textOf(id), requester).id);
}

function defaultGroupId(cloud: Cloud, projectId: string): string {
  return cloud.tables.groups.first("default", projectId)?.id ?? "";
}

function findNetwork(cloud: Cloud, id: string, requester: Requester): Network {
  const network = cloud.tables.networks.get(id);
  if (network && isVisible(network, requester)) return network;
  throw neutronError(404, "NetworkNotFound", `Network ${id} could not be found.`);
}

function findPort(cloud: Cloud, id: string, requester: Requester): Port {
  const port = cloud.tables.ports.get(id);
  if (port && isVisible(port, requester)) return port;
  throw neutronError(404, "PortNotFound", `Port ${id} could not be found.`);
}

function networkView(network: Network): JsonObject {
  return {
    id: network.id,
    name: network.name,
    admin_state_up: true,
    mtu: 1500,
    status: "ACTIVE",
    subnets: [],
    shared: false,
    port_security_enabled: true,
    "router:external": false,
    availability_zone_hints: [],
    availability_zones: [],
    ipv4_address_scope: null,
    ipv6_address_scope: null,
    tags: network.tags,
    ...standardView(network),
  };
}

function portView(port: Port): JsonObject {
  return {
    id: port.id,
    name: port.name,
    network_id: port.networkId,
    mac_address: port.macAddress,
    admin_state_up: true,
    status: "DOWN",
    device_id: port.deviceId,
    device_owner: "",
    "binding:vnic_type": "normal",
    fixed_ips: [],
    allowed_address_pairs: [],
    extra_dhcp_opts: [],
    security_groups: port.securityGroupIds,
    port_security_enabled: true,
    tags: port.tags,
    ...standardView(port),
  };
}
