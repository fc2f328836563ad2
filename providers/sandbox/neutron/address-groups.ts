import type { Json, JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import type { Call, Reply } from "../http.js";
import { pythonLiteral, pythonText } from "../python.js";
import type { AddressGroup } from "../rows.js";
import { readBody, readCreation, readUpdate, textOf } from "./attributes.js";
import { normalizedCidr } from "./cidr.js";
import { badRequest, internalError, neutronError } from "./errors.js";
import { ADDRESS_GROUP } from "./kinds.js";
import { listReply, selectFields } from "./listing.js";
import { offered } from "./offered.js";
import { requireNoBody, requireRevision } from "./preconditions.js";
import { isVisible, type Requester } from "./requester.js";
import { newStandard, revised, standardView } from "./standard.js";

/** GET /address-groups */
export function listAddressGroups(cloud: Cloud, call: Call, requester: Requester): Reply {
  const rows = cloud.tables.addressGroups.all().filter((it) => isVisible(it, requester));
  return { status: 200, json: listReply(cloud, call, ADDRESS_GROUP, rows.map(view)) };
}

/** GET /address-groups/ID */
export function showAddressGroup(cloud: Cloud, call: Call, requester: Requester): Reply {
  const group = view(find(cloud, call.segment("id"), requester));
  return { status: 200, json: { address_group: selectFields(group, call.query) } };
}

/** POST /address-groups */
export function postAddressGroups(cloud: Cloud, call: Call, requester: Requester): Reply {
  const { bulk, items } = readCreation(call, offered(cloud, ADDRESS_GROUP), requester);
  const rows = items.map((values) => {
    const [project, description] = [textOf(values.project_id), textOf(values.description)];
    const addresses = readAddresses(values.addresses);
    const standard = newStandard(cloud, project, description, addresses.length);
    return { ...standard, name: textOf(values.name), addresses };
  });
  const views = rows.map((row) => view(cloud.tables.addressGroups.put(row)));
  const [first = null] = views;
  return { status: 201, json: bulk ? { address_groups: views } : { address_group: first } };
}

/** PUT /address-groups/ID: its name and description */
export function putAddressGroup(cloud: Cloud, call: Call, requester: Requester): Reply {
  const values = readUpdate(call, offered(cloud, ADDRESS_GROUP), requester);
  const group = find(cloud, call.segment("id"), requester);
  requireRevision(call, group);
  const name = values.name === undefined ? group.name : textOf(values.name);
  const description =
    values.description === undefined ? group.description : textOf(values.description);
  const stored = cloud.tables.addressGroups.put({ ...revised(cloud, group), name, description });
  return { status: 200, json: { address_group: view(stored) } };
}

/** PUT /address-groups/ID/add_addresses */
export function addAddresses(cloud: Cloud, call: Call, requester: Requester): Reply {
  const group = find(cloud, call.segment("id"), requester);
  const more = readChange(call);
  const doubled = more.filter((it) => group.addresses.includes(it));
  if (doubled.length > 0) {
    const message = `Addresses ${pythonLiteral(doubled)} already exist in the address group ${group.id}.`;
    throw neutronError(400, "AddressesAlreadyExist", message);
  }
  return change(cloud, group, [...group.addresses, ...more].sort());
}

/** PUT /address-groups/ID/remove_addresses */
export function removeAddresses(cloud: Cloud, call: Call, requester: Requester): Reply {
  const group = find(cloud, call.segment("id"), requester);
  const less = readChange(call);
  const absent = less.filter((it) => !group.addresses.includes(it));
  if (absent.length > 0) {
    const message = `Addresses ${pythonLiteral(absent)} not found in the address group ${group.id}.`;
    throw neutronError(404, "AddressesNotFound", message);
  }
  const kept = group.addresses.filter((it) => !less.includes(it));
  return change(cloud, group, kept);
}

/** DELETE /address-groups/ID */
export function deleteAddressGroup(cloud: Cloud, call: Call, requester: Requester): Reply {
  requireNoBody(call);
  const group = find(cloud, call.segment("id"), requester);
  if (cloud.tables.rules.count("remoteAddressGroup", group.id) > 0) {
    throw neutronError(
      409,
      "AddressGroupInUse",
      `Address group ${group.id} is in use on one or more security group rules.`,
    );
  }
  requireRevision(call, group);
  cloud.tables.addressGroups.delete(group.id);
  return { status: 204 };
}

/** The addresses to add or remove, each once. */
function readChange(call: Call): readonly string[] {
  const { addresses } = readBody(call);
  if (addresses === undefined) throw internalError();
  return [...new Set(readAddresses(addresses))];
}

/** These two answers tell more than the others do. */
function change(cloud: Cloud, group: AddressGroup, addresses: readonly string[]): Reply {
  const steps = Math.abs(addresses.length - group.addresses.length);
  const row = { ...revised(cloud, group, steps), addresses };
  const stored = cloud.tables.addressGroups.put(row);
  const address_group = { ...view(stored), shared: false, ...standardView(stored) };
  return { status: 200, json: { address_group } };
}

function view(group: AddressGroup): JsonObject {
  return {
    id: group.id,
    name: group.name,
    addresses: group.addresses,
    description: group.description,
    project_id: group.projectId,
    tenant_id: group.projectId,
  };
}

/** The networks of a list, host bits cleared. */
function readAddresses(value: Json | undefined): readonly string[] {
  if (!isList(value)) {
    throw badRequest(
      `Invalid input for addresses. Reason: '${pythonText(value ?? null)}' is not a list.`,
    );
  }
  return value.map((address) => {
    const cidr = isCidr(address) ? normalizedCidr(address) : undefined;
    if (cidr !== undefined) return cidr;
    const text = pythonText(address);
    const plain = isText(address) ? normalizedCidr(address) : undefined;
    const reason =
      plain === undefined
        ? `'${text}' is not a valid IP subnet`
        : `'${text}' isn't a recognized IP subnet cidr, '${plain}' is recommended`;
    throw badRequest(`Invalid input for addresses. Reason: ${reason}.`);
  });
}

function isText(value: Json): value is string {
  return typeof value === "string";
}

function isCidr(value: Json): value is string {
  return isText(value) && value.includes("/");
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function find(cloud: Cloud, id: string, requester: Requester): AddressGroup {
  const group = cloud.tables.addressGroups.get(id);
  if (group && isVisible(group, requester)) return group;
  throw neutronError(404, "AddressGroupNotFound", `Address group ${id} could not be found.`);
}
