import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import type { Standard } from "../rows.js";

/** The time as Neutron writes it: whole seconds. */
function neutronTime(cloud: Cloud): string {
  return `${cloud.now().toISOString().slice(0, 19)}Z`;
}

/** What a new object begins with. */
export function newStandard(
  cloud: Cloud,
  projectId: string,
  description: string | null,
  revision: number,
): Standard {
  const at = neutronTime(cloud);
  const id = randomUUID();
  return { id, projectId, description, tags: [], createdAt: at, updatedAt: at, revision };
}

/** A row after a change: the revision grows by so many steps. */
export function revised<R extends Standard>(cloud: Cloud, row: R, steps = 1): R {
  return { ...row, revision: row.revision + steps, updatedAt: neutronTime(cloud) };
}

/** The part of an answer that all kinds share. */
export function standardView(row: Standard): JsonObject {
  return {
    tenant_id: row.projectId,
    project_id: row.projectId,
    description: row.description,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    revision_number: row.revision,
  };
}
