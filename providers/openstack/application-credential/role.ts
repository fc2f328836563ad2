import { compareTexts } from "../../../engine/model/address.js";
import type { NamedId } from "../../../engine/model/cloud-identity.js";
import { escapePointer } from "../../../engine/model/expression.js";
import {
  hasUnknown,
  isObject,
  type JsonObject,
  scalarText,
  Unknown,
  type Value,
} from "../../../engine/model/value.js";
import type { Mistakes } from "./mistakes.js";
import { readList, readText } from "./reading.js";

/** Roles by name, as a set: each name maps to itself. */
export type Roles = Readonly<Record<string, string>>;

/** Declared roles, by name or id, and the place of each; undefined: all that the log-in has. */
export interface DeclaredRoles {
  readonly roles: Roles | Unknown | undefined;
  readonly pointers: Readonly<Record<string, string>>;
}

/** Reads `roles`. */
export function decodeRoles(value: Value | undefined, mistakes: Mistakes): DeclaredRoles {
  const list = readList(value, "/roles", mistakes);
  if (list === undefined || list instanceof Unknown) return { roles: list, pointers: {} };
  if (list.length === 0) {
    mistakes.error("wrong-value", "/roles", "the list of roles is empty", {
      detail: "Keystone takes an empty list as all roles that the log-in has.",
      help: "Name the roles, or leave roles out to give all that the log-in has.",
    });
  }
  const places = list.map((item, index) => {
    const pointer = `/roles/${index}`;
    const name = readText(item, pointer, mistakes);
    if (name === "") mistakes.error("wrong-value", pointer, "a role needs a name");
    return { name, pointer };
  });
  const named = places.filter((it) => typeof it.name === "string" && it.name !== "");
  return {
    roles: hasUnknown(list) ? new Unknown() : roleSet(named.map((it) => scalarText(it.name))),
    pointers: Object.fromEntries(
      named.map((it) => [`/roles/${escapePointer(scalarText(it.name))}`, it.pointer]),
    ),
  };
}

/** The roles of a credential as Keystone tells them, in an order of its own. */
export function observedRoles(value: unknown): Roles {
  if (!Array.isArray(value)) return {};
  return roleSet(value.filter(isObject).map((role) => scalarText(role.name ?? role.id)));
}

/** Names or ids as a set. */
export function roleSet(names: readonly string[]): Roles {
  return Object.fromEntries([...names].sort(compareTexts).map((name) => [name, name]));
}

/** Role names are compared without case, as the database of most clouds does. */
export function findRole(asked: string, roles: readonly NamedId[]): NamedId | undefined {
  return (
    roles.find((role) => role.id === asked || role.name === asked) ??
    roles.find((role) => role.name.toLowerCase() === asked.toLowerCase())
  );
}

/** The roles as Keystone takes them; one that the log-in has not is left to Keystone's answer. */
export function rolesBody(roles: Roles, held: readonly NamedId[]): JsonObject[] {
  return Object.keys(roles).map((asked) => {
    const role = findRole(asked, held);
    return role ? { id: role.id } : { name: asked };
  });
}
