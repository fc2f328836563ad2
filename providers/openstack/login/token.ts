import type { NamedId } from "../../../engine/model/cloud-identity.js";
import { isObject, type JsonObject, type Sensitive } from "../../../engine/model/value.js";
import type { CatalogEntry } from "./catalog.js";
import { readCatalog } from "./catalog.js";

/** A log-in's result: the token and what Keystone says of it. */
export interface Token {
  readonly value: Sensitive;
  readonly user: NamedId;
  /** Absent for a token of a domain, of the system, or of nothing. */
  readonly project?: NamedId;
  readonly roles: readonly NamedId[];
  /** When it ends: ISO 8601, UTC. */
  readonly expiresAt?: string;
  readonly catalog: readonly CatalogEntry[];
  readonly applicationCredential?: {
    readonly id: string;
    /** It may not make or delete application credentials. */
    readonly restricted: boolean;
  };
}

/** Decodes the body of `POST /v3/auth/tokens`; undefined where it is no token. */
export function readToken(body: JsonObject, value: Sensitive): Token | undefined {
  const { token } = body;
  if (!isObject(token)) return undefined;
  const user = namedId(token.user);
  if (!user) return undefined;
  const project = namedId(token.project);
  const credential = isObject(token.application_credential)
    ? token.application_credential
    : undefined;
  return {
    value,
    user,
    ...(project && { project }),
    ...(typeof token.expires_at === "string" && { expiresAt: token.expires_at }),
    roles: listOf(token.roles)
      .map(namedId)
      .filter((role) => role !== undefined),
    catalog: readCatalog(token.catalog),
    ...(typeof credential?.id === "string" && {
      applicationCredential: {
        id: credential.id,
        restricted: credential.restricted !== false,
      },
    }),
  };
}

function namedId(value: unknown): NamedId | undefined {
  if (!isObject(value) || typeof value.id !== "string") return undefined;
  return { id: value.id, name: typeof value.name === "string" ? value.name : value.id };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
