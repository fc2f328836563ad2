import type { Cloud, Token } from "../cloud.js";
import { isAdmin } from "../keystone/tokens.js";
import type { Standard } from "../rows.js";

/** Who asks Neutron. */
export interface Requester {
  readonly projectId: string;
  readonly isAdmin: boolean;
}

export function requesterOf(cloud: Cloud, token: Token): Requester {
  return { projectId: token.projectId ?? "", isAdmin: isAdmin(cloud, token) };
}

/** Projects do not see each other; administrators see all. */
export function isVisible(object: Pick<Standard, "projectId">, requester: Requester): boolean {
  return requester.isAdmin || object.projectId === requester.projectId;
}
