import type { Sensitive } from "../../../engine/model/value.js";
import type { Login } from "../cloud.js";

/** A credential as its user needs it. */
export interface DeliveredCredential {
  readonly id: string;
  readonly name: string;
  readonly secret: Sensitive;
  readonly projectId: string;
  /** The cloud that it is for. */
  readonly login: Login;
}

/** A kind of file that a credential is delivered in. */
export interface DeliveryFormat {
  /**
   * Whose credential a text holds: its id; words for anything else, which must not be lost;
   * undefined where the place is free.
   */
  occupant(text: string, cloud: string): Occupant | undefined;
  /** The text with the credential in it. `before` is what is there, if it is shared with others. */
  render(credential: DeliveredCredential, cloud: string, before: string | undefined): string;
  /** The secret of the credential that a text holds; undefined where it holds none. */
  secretIn(text: string, cloud: string): string | undefined;
  /** The text without the credential; undefined where nothing is left. */
  erase(text: string, cloud: string): string | undefined;
  /** Whether the file may hold more than the credential. */
  readonly shared: boolean;
}

/** What stands at a place. */
export type Occupant =
  | { readonly id: string }
  /** `isNoFile`: a link or folder, which nothing is ever written over. */
  | { readonly words: string; readonly isNoFile?: true };

/**
 * The settings of a log-in with the credential, by the names of the OS_ variables that
 * openstacksdk and the `openstack` command read.
 */
export function environmentOf(
  credential: DeliveredCredential,
): readonly (readonly [string, string])[] {
  const { id, secret, login } = credential;
  return [
    ["OS_AUTH_TYPE", "v3applicationcredential"],
    ["OS_AUTH_URL", login.authUrl],
    ["OS_IDENTITY_API_VERSION", "3"],
    ...(login.region === undefined ? [] : [["OS_REGION_NAME", login.region] as const]),
    ["OS_INTERFACE", login.interface],
    ...(login.cacert === undefined ? [] : [["OS_CACERT", login.cacert] as const]),
    ...(login.verify ? [] : [["OS_INSECURE", "true"] as const]),
    ["OS_APPLICATION_CREDENTIAL_ID", id],
    ["OS_APPLICATION_CREDENTIAL_SECRET", String(secret.reveal())],
  ];
}

/** A text that a POSIX shell reads as it is. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** What a POSIX shell takes a text for, without quotes, or as {@link quoteForShell} has quoted it. */
function unquoted(text: string): string {
  return text.startsWith("'") ? text.slice(1, -1).replaceAll("'\\''", "'") : text;
}

/** The secret among `NAME=value` lines, as they are or behind `export`. */
export function secretOfLines(text: string): string | undefined {
  const value = /^(?:export )?OS_APPLICATION_CREDENTIAL_SECRET=(.+)$/mu.exec(text)?.[1];
  return value === undefined ? undefined : unquoted(value);
}

/** The occupant of a file of lines: the credential if each line is one that delivery writes. */
export function occupantOfLines(text: string, line: RegExp, id: RegExp): Occupant {
  const found = id.exec(text)?.[1];
  if (found === undefined) return { words: "something else" };
  const foreign = text.split("\n").some((it) => it !== "" && !line.test(it));
  return foreign ? { words: "a credential, edited by hand" } : { id: found };
}
