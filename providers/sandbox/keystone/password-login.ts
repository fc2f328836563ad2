import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import type { User } from "../rows.js";
import { fold } from "../tables.js";
import { objectOf, textIn } from "./bodies.js";
import { keystoneError, missing, unauthenticated } from "./errors.js";

/** Of every user: the server answers to this machine alone, and holds nothing worth a secret. */
export const PASSWORD = "sandbox";

/** The user that a name or id and the password belong to. */
export function identifyByPassword(cloud: Cloud, proof: JsonObject): string {
  if (proof.user === undefined) throw missing("user", "None");
  const given = objectOf(proof.user);
  const user = findUser(cloud, given);
  if (!user || given.password !== PASSWORD) throw unauthenticated(cloud);
  return user.id;
}

/** A user by id, or by name and domain. */
export function findUser(cloud: Cloud, given: JsonObject): User | undefined {
  const { users } = cloud.tables;
  const [id, name] = [textIn(given.id), textIn(given.name)];
  if (id !== undefined) return users.get(id);
  if (name === undefined) {
    throw keystoneError(
      400,
      "Invalid input for field identity/password/user: id or name must be present.",
    );
  }
  if (given.domain === undefined) throw missing("domain", "user");
  return isTheDomain(given.domain) ? users.first("name", fold(name)) : undefined;
}

/** There is one domain. */
export function isTheDomain(value: unknown): boolean {
  const { id, name } = objectOf(value);
  return id === "default" || (id === undefined && fold(textIn(name) ?? "") === "default");
}
