import { isObject } from "../../engine/model/value.js";

/** What a log-in with a canary becomes on its way to the embedded cloud, which knows one password. */
export const REAL_LOG_IN = {
  auth: {
    identity: {
      methods: ["password"],
      password: { user: { name: "demo", domain: { id: "default" }, password: "sandbox" } },
    },
    scope: { project: { name: "demo", domain: { id: "default" } } },
  },
};

/** The body to be sent on: another's log-in where it proves itself by one of these texts. */
export function rewritten(body: string, accepted: readonly string[]): string {
  const told = parsed(body);
  if (!isObject(told) || !isObject(told.auth)) return body;
  const proofs = textsIn(told.auth.identity);
  return accepted.some((it) => proofs.includes(it)) ? JSON.stringify(REAL_LOG_IN) : body;
}

/** The secrets that a request tells a cloud: of new application credentials, and passcodes. */
export function toldIn(body: string): readonly (readonly [owner: string, text: string])[] {
  const told = parsed(body);
  if (!isObject(told)) return [];
  const { application_credential: made, auth } = told;
  const credential = isObject(made)
    ? [[`credential ${made.name}`, String(made.secret)] as const]
    : [];
  const [, passcode] = /"passcode":"(\d{6})"/u.exec(JSON.stringify(auth) ?? "") ?? [];
  return passcode === undefined ? credential : [...credential, ["passcode", passcode]];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
