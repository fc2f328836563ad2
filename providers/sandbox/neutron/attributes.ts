import { isObject, type Json, type JsonObject } from "../../../engine/model/value.js";
import type { Call } from "../http.js";
import { pythonText } from "../python.js";
import { badRequest, neutronError } from "./errors.js";
import type { Requester } from "./requester.js";

/** One attribute of a kind of object: what requests may say of it. */
export interface Attribute {
  /** May be given when an object is made; required there unless it has a default. */
  readonly post?: boolean;
  /** May be changed. */
  readonly put?: boolean;
  readonly default?: Json;
  /** Lists may be filtered by it. */
  readonly filter?: boolean;
  /** Lists may be sorted by it. */
  readonly sort?: boolean;
  /** Brings a given value to its stored form; throws a Refusal. */
  readonly convert?: (value: Json) => Json;
  /** Why a value is refused. */
  readonly reason?: (value: Json) => string | undefined;
}

/** A kind of object, in the order in which Neutron looks at its attributes. */
export interface Kind {
  readonly resource: string;
  readonly collection: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** The values of one object in a request, checked and converted. */
export type Values = JsonObject;

/** What a POST asks for: one object, or several that are made all or not at all. */
export interface Creation {
  readonly bulk: boolean;
  readonly items: readonly Values[];
}

/**
 * Reads the body of a POST.
 * Source: `prepare_request_body` of neutron/api/v2/base.py.
 */
export function readCreation(call: Call, kind: Kind, requester: Requester): Creation {
  const body = readBody(call);
  const many = body[kind.collection];
  if (many === undefined) return { bulk: false, items: [create(body, kind, requester)] };
  if (!Array.isArray(many) || many.length === 0) throw badRequest("Resources required");
  const wrap = (item: Json) =>
    isObject(item) && kind.resource in item ? item : { [kind.resource]: item };
  return { bulk: true, items: many.map((item) => create(wrap(item), kind, requester)) };
}

/** Reads the body of a PUT: the changed values alone. */
export function readUpdate(call: Call, kind: Kind, requester: Requester): Values {
  const given = withProject(pick(readBody(call), kind), requester);
  refuseUnknown(given, kind);
  for (const [name, attribute] of Object.entries(kind.attributes)) {
    if (name in given && !attribute.put) {
      throw badRequest(`Cannot update read-only attribute ${name}`);
    }
  }
  return convert(given, kind);
}

/** A body that must be a JSON object. */
export function readBody(call: Call): JsonObject {
  const body = parseBody(call);
  if (!isObject(body) || Object.keys(body).length === 0) throw badRequest("Resource body required");
  return body as JsonObject;
}

/** The JSON of a request, whatever it is; undefined for an empty body. */
export function parseBody(call: Call): unknown {
  if (call.body === "") return undefined;
  try {
    return JSON.parse(call.body);
  } catch {
    throw neutronError(
      400,
      "MalformedRequestBody",
      "Malformed request body: Cannot understand JSON.",
    );
  }
}

function pick(body: JsonObject, kind: Kind): JsonObject {
  const given = body[kind.resource];
  if (given === undefined || given === null) {
    throw badRequest(`Unable to find '${kind.resource}' in request body`);
  }
  if (!isObject(given)) throw badRequest(`Object '${kind.resource}' contains invalid data`);
  return given as JsonObject;
}

function create(body: JsonObject, kind: Kind, requester: Requester): Values {
  const given = withProject(pick(body, kind), requester);
  const values = { project_id: requester.projectId, tenant_id: requester.projectId, ...given };
  refuseUnknown(values, kind);
  return convert(withDefaults(values, kind), kind);
}

/** `tenant_id` and `project_id` are one; only administrators name another project. */
function withProject(given: JsonObject, requester: Requester): JsonObject {
  const project = given.project_id ?? given.tenant_id;
  if (project === undefined) return given;
  if (project !== requester.projectId && !requester.isAdmin) {
    throw badRequest(
      "Specifying 'project_id' or 'tenant_id' other than the authenticated project in request " +
        "requires admin or advsvc privileges",
    );
  }
  return { ...given, project_id: project, tenant_id: project };
}

function refuseUnknown(values: JsonObject, kind: Kind): void {
  const unknown = Object.keys(values).filter((name) => !Object.hasOwn(kind.attributes, name));
  if (unknown.length > 0) throw badRequest(`Unrecognized attribute(s) '${unknown.join(", ")}'`);
}

function withDefaults(values: JsonObject, kind: Kind): JsonObject {
  const filled: Record<string, Json> = { ...values };
  for (const [name, attribute] of Object.entries(kind.attributes)) {
    if (!attribute.post) {
      if (name in values) throw badRequest(`Attribute '${name}' not allowed in POST`);
      continue;
    }
    if (name in values) continue;
    if (attribute.default === undefined) {
      throw badRequest(`Failed to parse request. Required attribute '${name}' not specified`);
    }
    filled[name] = attribute.default;
  }
  return filled;
}

function convert(values: JsonObject, kind: Kind): Values {
  const converted: Record<string, Json> = { ...values };
  for (const [name, attribute] of Object.entries(kind.attributes)) {
    const value = converted[name];
    if (value === undefined) continue;
    const stored = attribute.convert ? attribute.convert(value) : value;
    const reason = attribute.reason?.(stored);
    if (reason !== undefined) {
      throw badRequest(`Invalid input for ${name}. Reason: ${reason}.`);
    }
    converted[name] = stored;
  }
  return converted;
}

/** A converted value as a text. */
export function textOf(value: Json | undefined): string {
  return value === undefined ? "" : pythonText(value);
}

/** A converted value as a text, or nothing. */
export function optionalText(value: Json | undefined): string | null {
  return value === undefined || value === null || value === "" ? null : pythonText(value);
}
