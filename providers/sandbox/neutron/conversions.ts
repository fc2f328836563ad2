import type { Json } from "../../../engine/model/value.js";
import { pythonText } from "../python.js";
import { storedCidr } from "./cidr.js";
import { invalidInput, neutronError } from "./errors.js";
import { PROTOCOL_NAMES } from "./protocols.js";

const TRUE = new Set(["t", "true", "on", "y", "yes", "1"]);
const FALSE = new Set(["f", "false", "off", "n", "no", "0"]);

/** Why a text of an object is refused, in Neutron's words. */
export function textReason(value: Json): string | undefined {
  if (typeof value !== "string") return `'${pythonText(value)}' is not a valid string`;
  return value.length > 255 ? `'${value}' exceeds maximum length of 255` : undefined;
}

/** As {@link textReason}; `default` is kept for the project's own group. */
export function groupNameReason(value: Json): string | undefined {
  if (typeof value !== "string" || value.toLowerCase() !== "default") return textReason(value);
  throw neutronError(
    409,
    "SecurityGroupDefaultAlreadyExists",
    "Default security group already exists.",
  );
}

export function uuidReason(value: Json): string | undefined {
  const isUuid =
    typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(value);
  return isUuid ? undefined : `'${pythonText(value)}' is not a valid UUID`;
}

/** Nothing, or a list of ids. */
export function uuidsReason(value: Json): string | undefined {
  return Array.isArray(value) ? value.map(uuidReason).find((it) => it !== undefined) : undefined;
}

export function directionReason(value: Json): string | undefined {
  return value === "ingress" || value === "egress"
    ? undefined
    : `${pythonText(value)} is not in valid_values`;
}

export function toBoolean(value: Json): boolean {
  if (typeof value === "boolean") return value;
  const text = pythonText(value).trim().toLowerCase();
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  throw invalidInput(`'${pythonText(value)}' cannot be converted to boolean`);
}

/** A protocol in lower case, or its number as a text just as it was written. */
export function toProtocol(value: Json): string | null {
  if (value === null) return null;
  const text = pythonText(value);
  const number = toInteger(value);
  if (number !== undefined && number >= 0 && number <= 255) return text;
  const name = text.toLowerCase();
  if (number === undefined && PROTOCOL_NAMES.includes(name)) return name;
  const names = PROTOCOL_NAMES.map((it) => `'${it}'`).join(", ");
  throw neutronError(
    400,
    "SecurityGroupRuleInvalidProtocol",
    `Security group rule protocol ${text} not supported. Only protocol values [None, ${names}] ` +
      "and integer representations [0 to 255] are supported.",
  );
}

export function toEthertype(value: Json): string {
  const found = ["IPv4", "IPv6"].find(
    (it) => typeof value === "string" && it.toLowerCase() === value.toLowerCase(),
  );
  if (found !== undefined) return found;
  throw neutronError(
    400,
    "SecurityGroupRuleInvalidEtherType",
    `Security group rule for ethertype '${pythonText(value)}' not supported. ` +
      "Allowed values are ['IPv4', 'IPv6'].",
  );
}

/** A port, or an ICMP type or code, of a number or a text. */
export function toPort(value: Json): number | null {
  if (value === null) return null;
  const port = toInteger(value);
  if (port !== undefined && port >= 0 && port <= 65_535) return port;
  throw neutronError(
    400,
    "SecurityGroupInvalidPortValue",
    `Invalid value for port ${pythonText(value)}`,
  );
}

/** A prefix as it is stored; nothing for an empty one. */
export function toCidr(value: Json): string | null {
  if (value === null || value === "" || value === 0 || value === false) return null;
  const stored = typeof value === "string" ? storedCidr(value) : undefined;
  if (stored) return stored.cidr;
  throw neutronError(400, "InvalidCIDR", `Invalid CIDR ${pythonText(value)} given as IP prefix.`);
}

/** What Python's `int` reads in a number or text. */
function toInteger(value: Json): number | undefined {
  if (typeof value === "number") return Math.trunc(value);
  if (typeof value !== "string" || !/^\s*[+-]?\d+\s*$/u.test(value)) return undefined;
  return Number(value);
}

/** What can be shared: here security groups alone. */
export function toSharedType(value: Json): Json {
  if (value === "security_group") return value;
  throw invalidInput(`'${pythonText(value)}' is not a valid RBAC object type`);
}
