import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud, Token } from "../cloud.js";
import type { Call, Reply } from "../http.js";
import { isAdmin } from "../keystone/tokens.js";
import type { KeyPair } from "../rows.js";
import { ownedName } from "../tables.js";
import { novaError } from "./errors.js";
import { sshFingerprint, x509Fingerprint } from "./fingerprint.js";
import { generateSshKey } from "./generate.js";
import { pageOf } from "./key-pair-pages.js";
import { type KeyPairRequest, readKeyPair } from "./key-pair-request.js";
import type { Microversion } from "./microversion.js";
import { readQuery } from "./query.js";
import { keyPairLimit } from "./quotas.js";

/** GET /os-keypairs: the user's, by name */
export function listKeyPairs(cloud: Cloud, call: Call, token: Token, version: Microversion): Reply {
  const userId = ownerOf(cloud, token, readQuery(call, version, true).userId, "index");
  const rows = cloud.tables.keyPairs.by("user", userId);
  const { page, links } = pageOf(cloud, call, rows, version);
  const keypairs = page.map((row) => ({ keypair: listView(row, version) }));
  return { status: 200, json: { keypairs, ...(links && { keypairs_links: links }) } };
}

/** GET /os-keypairs/NAME */
export function showKeyPair(cloud: Cloud, call: Call, token: Token, version: Microversion): Reply {
  const userId = ownerOf(cloud, token, readQuery(call, version, false).userId, "show");
  const row = find(cloud, userId, call.segment("name"));
  const keypair = {
    ...listView(row, version),
    id: row.number,
    user_id: row.userId,
    created_at: row.createdAt,
    deleted: false,
    deleted_at: null,
    updated_at: null,
  };
  return { status: 200, json: { keypair } };
}

/** POST /os-keypairs: imports a public key, or below 2.92 generates one */
export function postKeyPair(cloud: Cloud, call: Call, token: Token, version: Microversion): Reply {
  const request = readKeyPair(call, version);
  const userId = ownerOf(cloud, token, request.userId, "create");
  const made = request.publicKey === undefined ? generate(request) : undefined;
  const publicKey = request.publicKey ?? made?.publicKey ?? "";
  requireQuota(cloud, userId, token);
  const fingerprint = fingerprintOf(request.type, publicKey);
  if (cloud.tables.keyPairs.count("name", ownedName(userId, request.name)) > 0) {
    throw novaError(409, `Key pair '${request.name}' already exists.`);
  }
  const number = cloud.numbers.next();
  const row = cloud.tables.keyPairs.put({
    id: String(number),
    number,
    userId,
    name: request.name,
    type: request.type,
    publicKey,
    fingerprint,
    createdAt: `${cloud.now().toISOString().slice(0, 19)}.000000`,
  });
  const keypair = {
    ...listView(row, version),
    user_id: userId,
    ...(made && { private_key: made.privateKey }),
  };
  return { status: version < 2 ? 200 : 201, json: { keypair } };
}

/** DELETE /os-keypairs/NAME */
export function deleteKeyPair(
  cloud: Cloud,
  call: Call,
  token: Token,
  version: Microversion,
): Reply {
  const userId = ownerOf(cloud, token, readQuery(call, version, false).userId, "delete");
  cloud.tables.keyPairs.delete(find(cloud, userId, call.segment("name")).id);
  return { status: version < 2 ? 202 : 204 };
}

/** The user whose key pairs are meant: another's for administrators alone. */
function ownerOf(cloud: Cloud, token: Token, asked: string | undefined, action: string): string {
  if (asked === undefined || asked === token.userId) return token.userId;
  if (isAdmin(cloud, token)) return asked;
  throw novaError(
    403,
    `Policy doesn't allow os_compute_api:os-keypairs:${action} to be performed.`,
  );
}

function generate(request: KeyPairRequest): ReturnType<typeof generateSshKey> {
  if (request.type === "ssh") return generateSshKey();
  throw novaError(400, "The embedded cloud generates no x509 certificates: import one.");
}

function fingerprintOf(type: string, publicKey: string): string {
  if (type === "x509") {
    const fingerprint = x509Fingerprint(publicKey);
    if (fingerprint !== undefined) return fingerprint;
    throw novaError(
      400,
      "Keypair data is invalid: failed to generate X509 fingerprint. " +
        "Error message: Unable to load PEM file.",
    );
  }
  const fingerprint = sshFingerprint(publicKey);
  if (fingerprint !== undefined) return fingerprint;
  throw novaError(400, "Keypair data is invalid: failed to generate fingerprint");
}

function requireQuota(cloud: Cloud, userId: string, token: Token): void {
  const limit = keyPairLimit(cloud, token.projectId);
  if (limit < 0 || cloud.tables.keyPairs.count("user", userId) < limit) return;
  throw novaError(403, "Quota exceeded, too many key pairs.");
}

function find(cloud: Cloud, userId: string, name: string): KeyPair {
  const row = cloud.tables.keyPairs.first("name", ownedName(userId, name));
  if (row) return row;
  throw novaError(404, `Keypair ${name} not found for user ${userId}`);
}

function listView(row: KeyPair, version: Microversion): JsonObject {
  return {
    name: row.name,
    public_key: row.publicKey,
    fingerprint: row.fingerprint,
    ...(version >= 2 && { type: row.type }),
  };
}
