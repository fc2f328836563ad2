import type { Token } from "../cloud.js";
import type { Standard } from "../rows.js";
import type { Tables } from "../tables.js";

/** Who asks Neutron. */
export interface Requester {
  readonly projectId: string;
  readonly isAdmin: boolean;
}

export function requesterOf(token: Token, tables: Tables): Requester {
  const isAdmin = token.roleIds.some((id) => tables.roles.get(id)?.name === "admin");
  return { projectId: token.projectId ?? "", isAdmin };
}

/** Projects do not see each other; administrators see all. */
export function isVisible(object: Pick<Standard, "projectId">, requester: Requester): boolean {
  return requester.isAdmin || object.projectId === requester.projectId;
}
