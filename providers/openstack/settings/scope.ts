import type { JsonObject } from "../../../engine/model/value.js";
import type { EntryReader } from "./entry-reader.js";

const BELONGS = "what is managed here belongs to a project: give project_name or project_id";

/** The project, or the trust that names one. A scope of the system or of a domain is a complaint. */
export function projectScope(entry: EntryReader): JsonObject {
  const trust = entry.text("trust_id");
  if (trust !== undefined) return { "OS-TRUST:trust": { id: trust } };
  if (entry.text("system_scope") !== undefined) {
    entry.complain("system_scope", `cannot be used; ${BELONGS}`);
    return {};
  }
  const id = entry.text("project_id");
  if (id !== undefined) return { project: { id } };
  const domain = ["domain_id", "domain_name"].find((key) => entry.text(key) !== undefined);
  if (domain !== undefined && entry.text("project_name") === undefined) {
    entry.complain(domain, `is not enough; ${BELONGS}`);
    return {};
  }
  const name = entry.need("project_name", "project_id");
  return { project: { name, domain: domainReference(entry, "project_domain") } };
}

/** As the `openstack` command: the domain with the id `default` where none is named. */
export function domainReference(entry: EntryReader, key: string): JsonObject {
  for (const prefix of [key, "domain"]) {
    const id = entry.text(`${prefix}_id`);
    if (id !== undefined) return { id };
    const name = entry.text(`${prefix}_name`);
    if (name !== undefined) return { name };
  }
  return { id: entry.text("default_domain") ?? "default" };
}
