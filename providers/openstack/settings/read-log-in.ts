import { OutsideError } from "../../../engine/model/errors.js";
import { type JsonObject, scalarText } from "../../../engine/model/value.js";
import type { LogInRequest, SpareFactors } from "../login/log-in-request.js";
import { decodeBase32 } from "../login/totp.js";
import type { EntryReader } from "./entry-reader.js";
import { type FactorMethod, readFactor } from "./factors.js";
import { type OidcGrantType, readFederation } from "./oidc.js";
import { projectScope } from "./scope.js";

type Method = FactorMethod | "multifactor" | OidcGrantType;

/** What `auth_type` and `auth_methods` may say, by keystoneauth's plugin names. */
const METHODS: Readonly<Record<string, Method>> = {
  password: "password",
  v3password: "password",
  token: "token",
  v3token: "token",
  totp: "totp",
  v3totp: "totp",
  v3multifactor: "multifactor",
  v3applicationcredential: "application_credential",
  v3oidcclientcredentials: "client_credentials",
  v3oidcpassword: "oidc_password",
  v3oidcaccesstoken: "access_token",
};

/**
 * The log-in that an entry describes, scoped to a project. An application credential brings its own
 * project, and Keystone refuses any scope beside it: `project_*` is left out there.
 */
export function readLogIn(entry: EntryReader): LogInRequest {
  const type = entry.text("auth_type");
  const method = type === undefined ? inferMethod(entry) : methodNamed(type);
  const spare = readSpare(entry);
  switch (method) {
    case "client_credentials":
    case "oidc_password":
    case "access_token":
      return { ...readFederation(entry, method), scope: projectScope(entry), spare };
    case "multifactor":
      return withFactors(entry, multifactor(entry), spare);
    default:
      return withFactors(entry, [method], spare);
  }
}

function withFactors(
  entry: EntryReader,
  methods: readonly FactorMethod[],
  spare: SpareFactors,
): LogInRequest {
  const factors = methods.map((method) => readFactor(entry, method));
  const scope: { readonly scope?: JsonObject } = methods.includes("application_credential")
    ? {}
    : { scope: projectScope(entry) };
  return {
    subject: subjectOf(entry, methods),
    identity: { kind: "factors", factors },
    ...scope,
    spare,
  };
}

function readSpare(entry: EntryReader): SpareFactors {
  const password = entry.secretIfGiven("password");
  const passcode = entry.secretIfGiven("passcode");
  const totpSecret = entry.secretIfGiven("totp_secret");
  if (totpSecret && !decodeBase32(scalarText(totpSecret.reveal()))) {
    entry.complain("totp_secret", "must be base32, as an authenticator app takes it");
  }
  return {
    ...(password && { password }),
    ...(passcode && { passcode }),
    ...(totpSecret && { totpSecret }),
  };
}

function multifactor(entry: EntryReader): readonly FactorMethod[] {
  const names = entry.texts("auth_methods").flatMap((it) => it.split(","));
  if (names.length === 0) entry.need("auth_methods");
  return names.map((name) => {
    const method = methodNamed(name.trim());
    if (isFactor(method)) return method;
    throw unsupported(name.trim());
  });
}

function isFactor(method: Method): method is FactorMethod {
  return ["password", "token", "totp", "application_credential"].includes(method);
}

function methodNamed(name: string): Method {
  const method = METHODS[name.toLowerCase()];
  if (method) return method;
  throw unsupported(name);
}

function unsupported(name: string): OutsideError {
  return new OutsideError("unsupported", `the log-in method "${name}" is not supported`, {
    help: `Supported are: ${Object.keys(METHODS).join(", ")}. An application credential works whatever way you log in to the dashboard.`,
  });
}

function inferMethod(entry: EntryReader): Method {
  const has = (key: string) => entry.text(key) !== undefined;
  if (["id", "name", "secret"].some((part) => has(`application_credential_${part}`))) {
    return "application_credential";
  }
  if (entry.texts("auth_methods").length > 0) return "multifactor";
  if (has("password")) return "password";
  if (has("token")) return "token";
  return has("passcode") || has("totp_secret") ? "totp" : "password";
}

function subjectOf(entry: EntryReader, methods: readonly FactorMethod[]): string {
  if (methods.includes("application_credential")) {
    const id = entry.text("application_credential_id");
    return `application credential "${id ?? entry.text("application_credential_name") ?? ""}"`;
  }
  const user = entry.text("username") ?? entry.text("user_id");
  return methods.includes("token") ? "the given token" : `user "${user ?? ""}"`;
}
