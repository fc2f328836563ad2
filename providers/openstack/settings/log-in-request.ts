import { OutsideError } from "../../../engine/model/errors.js";
import { type JsonObject, Sensitive } from "../../../engine/model/value.js";
import type { EntryReader } from "./entry-reader.js";

/** What is sent to Keystone for a token, and how messages speak of it. */
export interface LogInRequest {
  readonly method: "password" | "application_credential" | "token";
  /** `user "demo"`: who logs in, in words. */
  readonly subject: string;
  /** The body of `POST /v3/auth/tokens`; it holds the secret. */
  readonly body: Sensitive;
}

/** What `auth_type` may say, by keystoneauth's plugin names. */
const METHODS: Readonly<Record<string, LogInRequest["method"]>> = {
  password: "password",
  v3password: "password",
  token: "token",
  v3token: "token",
  v3applicationcredential: "application_credential",
};

/**
 * The log-in that an entry describes, scoped to a project. An application credential brings its own
 * project, and Keystone refuses any scope beside it: `project_*` is left out there.
 */
export function logInRequest(entry: EntryReader): LogInRequest {
  switch (methodOf(entry)) {
    case "application_credential":
      return withApplicationCredential(entry);
    case "token":
      return request(
        "token",
        "the given token",
        { token: { id: entry.secret("token").reveal() } },
        projectScope(entry),
      );
    case "password":
      return withPassword(entry);
  }
}

function methodOf(entry: EntryReader): LogInRequest["method"] {
  const type = entry.text("auth_type");
  if (type === undefined) return inferMethod(entry);
  const method = METHODS[type.toLowerCase()];
  if (method) return method;
  throw new OutsideError("unsupported", `the log-in method "${type}" is not supported yet`, {
    help: "Use v3password or v3applicationcredential as auth_type.",
  });
}

function inferMethod(entry: EntryReader): LogInRequest["method"] {
  const isCredential = ["id", "name", "secret"].some(
    (part) => entry.text(`application_credential_${part}`) !== undefined,
  );
  if (isCredential) return "application_credential";
  return entry.text("token") !== undefined && entry.text("password") === undefined
    ? "token"
    : "password";
}

function withPassword(entry: EntryReader): LogInRequest {
  const user = userReference(entry);
  const password = entry.secret("password").reveal();
  return request(
    "password",
    `user "${entry.text("username") ?? entry.text("user_id") ?? ""}"`,
    { password: { user: { ...user, password } } },
    projectScope(entry),
  );
}

function withApplicationCredential(entry: EntryReader): LogInRequest {
  const id = entry.text("application_credential_id");
  const secret = entry.secret("application_credential_secret").reveal();
  const named = () => ({
    name: entry.need("application_credential_name", "application_credential_id"),
    user: userReference(entry),
  });
  const credential = id === undefined ? named() : { id };
  return request(
    "application_credential",
    `application credential "${id ?? entry.text("application_credential_name") ?? ""}"`,
    { application_credential: { ...credential, secret } },
  );
}

function request(
  method: LogInRequest["method"],
  subject: string,
  proof: JsonObject,
  scope?: JsonObject,
): LogInRequest {
  const auth = { identity: { methods: [method], ...proof }, ...(scope && { scope }) };
  return { method, subject, body: new Sensitive({ auth }) };
}

function userReference(entry: EntryReader): JsonObject {
  const id = entry.text("user_id");
  if (id !== undefined) return { id };
  return { name: entry.need("username", "user_id"), domain: domainReference(entry, "user_domain") };
}

function projectScope(entry: EntryReader): JsonObject {
  const id = entry.text("project_id");
  if (id !== undefined) return { project: { id } };
  const name = entry.need("project_name", "project_id");
  return { project: { name, domain: domainReference(entry, "project_domain") } };
}

/** As the `openstack` command: the domain with the id `default` where none is named. */
function domainReference(entry: EntryReader, key: string): JsonObject {
  for (const prefix of [key, "domain"]) {
    const id = entry.text(`${prefix}_id`);
    if (id !== undefined) return { id };
    const name = entry.text(`${prefix}_name`);
    if (name !== undefined) return { name };
  }
  return { id: entry.text("default_domain") ?? "default" };
}
