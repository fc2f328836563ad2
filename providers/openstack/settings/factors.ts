import type { JsonObject } from "../../../engine/model/value.js";
import type { Factor } from "../login/log-in-request.js";
import type { EntryReader } from "./entry-reader.js";
import { domainReference } from "./scope.js";

export type FactorMethod = Factor["method"];

/** The proof for a method of Keystone; what is missing becomes a complaint. */
export function readFactor(entry: EntryReader, method: FactorMethod): Factor {
  switch (method) {
    case "password":
      return { method, user: userReference(entry), password: entry.secret("password") };
    case "totp":
      return { method, user: userReference(entry) };
    case "token":
      return { method, token: entry.secret("token") };
    case "application_credential":
      return {
        method,
        credential: credentialReference(entry),
        secret: entry.secret("application_credential_secret"),
      };
  }
}

function credentialReference(entry: EntryReader): JsonObject {
  const id = entry.text("application_credential_id");
  if (id !== undefined) return { id };
  return {
    name: entry.need("application_credential_name", "application_credential_id"),
    user: userReference(entry),
  };
}

function userReference(entry: EntryReader): JsonObject {
  const id = entry.text("user_id");
  if (id !== undefined) return { id };
  return { name: entry.need("username", "user_id"), domain: domainReference(entry, "user_domain") };
}
