import type { Json } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import type { Kind } from "./attributes.js";

/** Attributes that are there only with an extension. */
const NEEDED: Readonly<Record<string, string>> = {
  stateful: "stateful-security-group",
  remote_address_group_id: "security-groups-remote-address-group",
  normalized_cidr: "security-groups-normalized-cidr",
};

/** A kind with those attributes that the cloud's extensions give it; any other is not known there. */
export function offered({ extensions }: Cloud, kind: Kind): Kind {
  const attributes = Object.entries(kind.attributes).filter(([name]) => isThere(extensions, name));
  return { ...kind, attributes: Object.fromEntries(attributes) };
}

/** What an answer tells without the extensions that the cloud does not have. */
export function tellable({ extensions }: Cloud, answer: Json): Json {
  const isWhole = Object.keys(NEEDED).every((name) => isThere(extensions, name));
  return isWhole ? answer : strip(extensions, answer);
}

function strip(extensions: ReadonlySet<string>, value: Json): Json {
  if (isList(value)) return value.map((it) => strip(extensions, it));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => isThere(extensions, name));
  return Object.fromEntries(kept.map(([name, it]) => [name, strip(extensions, it)]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isThere(extensions: ReadonlySet<string>, attribute: string): boolean {
  const needed = NEEDED[attribute];
  return needed === undefined || extensions.has(needed);
}
