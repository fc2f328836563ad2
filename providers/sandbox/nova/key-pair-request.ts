import { isObject, type Json, type JsonObject } from "../../../engine/model/value.js";
import type { Call } from "../http.js";
import { pythonLiteral, pythonText } from "../python.js";
import { readJson } from "./body.js";
import { novaError } from "./errors.js";
import type { Microversion } from "./microversion.js";

/** A new key pair as a request describes it. */
export interface KeyPairRequest {
  readonly name: string;
  readonly type: string;
  /** Absent where Nova is to generate one. */
  readonly publicKey?: string;
  readonly userId?: string;
}

const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * Reads the body of a POST by the rules of its microversion.
 * Source: nova/api/openstack/compute/schemas/keypairs.py.
 */
export function readKeyPair(call: Call, version: Microversion): KeyPairRequest {
  const { given, others } = readObject(call);
  requireName(given, version);
  const [other] = others;
  if (other !== undefined) throw novaError(400, unexpected(other));
  const { name, type, public_key, user_id } = given;
  requireText("public_key", public_key);
  requireText("user_id", user_id);
  if (type !== undefined && type !== "ssh" && type !== "x509") {
    throw invalid("type", type, `${pythonLiteral(type)} is not one of ['ssh', 'x509']`);
  }
  return {
    name: pythonText(name ?? null),
    type: type ?? "ssh",
    ...(typeof public_key === "string" && { publicKey: public_key }),
    ...(typeof user_id === "string" && { userId: user_id }),
  };
}

function readObject(call: Call): {
  readonly given: JsonObject;
  readonly others: readonly string[];
} {
  const body = readJson(call);
  if (!isObject(body)) {
    throw novaError(400, `${pythonLiteral(body)} is not of type 'object'`);
  }
  const { keypair, ...others } = body;
  if (keypair === undefined) throw novaError(400, "'keypair' is a required property");
  if (isObject(keypair)) return { given: keypair as JsonObject, others: Object.keys(others) };
  throw invalid("keypair", keypair, `${pythonLiteral(keypair)} is not of type 'object'`);
}

function requireName(given: JsonObject, version: Microversion): void {
  const known = knownFields(version);
  const missing = ["name", ...(version >= 92 ? ["public_key"] : [])].find((it) => !(it in given));
  if (missing !== undefined) {
    throw invalid("keypair", given, `'${missing}' is a required property`);
  }
  const other = Object.keys(given).find((it) => !known.includes(it));
  if (other !== undefined) throw invalid("keypair", given, unexpected(other));
  const { name } = given;
  requireText("name", name);
  if (name === "") throw invalid("name", name, "'' is too short");
  if (typeof name !== "string") return;
  if (name.length > 255) throw invalid("name", name, `'${name}' is too long`);
  if (name.trim() !== name) {
    throw badName("printable characters. Can not start or end with whitespace.");
  }
  const special = version >= 92 ? "@._- " : "_- ";
  if ([...name].every((it) => special.includes(it) || LETTERS.includes(it))) return;
  throw badName(`Only expected characters: [${special}${LETTERS}]`);
}

function knownFields(version: Microversion): readonly string[] {
  const fields = ["name", "public_key"];
  if (version >= 2) fields.push("type");
  if (version >= 10) fields.push("user_id");
  return fields;
}

function requireText(field: string, value: Json | undefined): void {
  if (value === undefined || typeof value === "string") return;
  throw invalid(field, value, `${pythonLiteral(value)} is not of type 'string'`);
}

function badName(rule: string) {
  return novaError(400, `An invalid 'name' value was provided. The name must be: ${rule}`);
}

function unexpected(field: string): string {
  return `Additional properties are not allowed ('${field}' was unexpected)`;
}

function invalid(field: string, value: Json, message: string) {
  return novaError(
    400,
    `Invalid input for field/attribute ${field}. Value: ${pythonText(value)}. ${message}`,
  );
}
