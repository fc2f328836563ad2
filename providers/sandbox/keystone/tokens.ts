import { randomBytes } from "node:crypto";
import type { Cloud, Token } from "../cloud.js";
import { rolesOn, stillHeld } from "./roles.js";

/** What a new token says. */
export type Grant = Omit<Token, "id" | "auditId" | "issuedAt" | "expiresAt"> & {
  /** It ends no later than this. */
  readonly notAfter?: Date;
};

/** Makes a token, and forgets those that have run out. */
export function issueToken(cloud: Cloud, { notAfter, ...grant }: Grant): Token {
  const issuedAt = new Date(Math.floor(cloud.now().getTime() / 1000) * 1000);
  const regular = new Date(issuedAt.getTime() + cloud.tokenSeconds * 1000);
  const expiresAt = notAfter && notAfter < regular ? notAfter : regular;
  for (const old of cloud.tokens.values()) if (old.expiresAt <= issuedAt) revokeToken(cloud, old);
  const id = `sandbox-${randomBytes(48).toString("base64url")}`;
  const auditId = randomBytes(16).toString("base64url");
  const token = { ...grant, id, auditId, issuedAt, expiresAt };
  cloud.tokens.set(id, token);
  return token;
}

/** A token that has not run out and was not revoked. */
export function findToken(cloud: Cloud, id: string | undefined): Token | undefined {
  const token = id === undefined ? undefined : cloud.tokens.get(id);
  return token && token.expiresAt > cloud.now() ? withRolesOfNow(cloud, token) : undefined;
}

/** Keystone looks the roles up whenever it is asked; a token that has none left is none. */
function withRolesOfNow(cloud: Cloud, token: Token): Token | undefined {
  const { userId, projectId, credentialId } = token;
  if (projectId === undefined) return token;
  const roleIds =
    credentialId === undefined
      ? rolesOn(cloud, userId, projectId)
      : stillHeld(cloud, userId, projectId, token.roleIds);
  return roleIds.length === 0 ? undefined : { ...token, roleIds };
}

export function revokeToken(cloud: Cloud, token: Token): void {
  cloud.tokens.delete(token.id);
}

/** Whether the application credential that a token was made with is gone. */
export function hasLostCredential(cloud: Cloud, token: Token): boolean {
  return token.credentialId !== undefined && !cloud.tables.credentials.get(token.credentialId);
}

/** Whether a token's project gave it the role that may do everything. */
export function isAdmin(cloud: Cloud, token: Token): boolean {
  return token.roleIds.some((id) => cloud.tables.roles.get(id)?.name === "admin");
}
