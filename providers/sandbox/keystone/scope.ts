import type { Json } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import { fold } from "../tables.js";
import { objectOf, textIn } from "./bodies.js";
import { missing, unauthenticated } from "./errors.js";
import { isTheDomain } from "./password-login.js";

/** The project that a log-in asks for; the user's own where it asks for none; undefined: unscoped. */
export function readScope(
  cloud: Cloud,
  userId: string,
  scope: Json | undefined,
): string | undefined {
  if (scope === undefined) return cloud.tables.users.get(userId)?.defaultProjectId;
  if (scope === "unscoped") return undefined;
  const given = objectOf(objectOf(scope).project);
  const [id, name] = [textIn(given.id), textIn(given.name)];
  if (id === undefined && name === undefined) throw unauthenticated(cloud);
  if (id === undefined && given.domain === undefined) throw missing("domain", "project");
  const { projects } = cloud.tables;
  const named = isTheDomain(given.domain) ? projects.first("name", fold(name ?? "")) : undefined;
  const project = id === undefined ? named : projects.get(id);
  if (!project) throw unauthenticated(cloud);
  return project.id;
}
