import type { FoundSecret } from "../../../engine/model/found-secret.js";
import { WHOLE_PRIVATE_KEY } from "../../../engine/model/private-key-text.js";
import { Sensitive } from "../../../engine/model/value.js";

/** A kind of secret by the form that it always has. */
interface Form {
  readonly kind: string;
  readonly pattern: RegExp;
  readonly marks?: (text: string) => readonly string[];
}

/**
 * Private keys: whole ones, and age's. Tokens: Fernet, which Keystone gives. Secrets by the names
 * that OpenStack's files and variables give them.
 */
const FORMS: readonly Form[] = [
  { kind: "a private key", pattern: WHOLE_PRIVATE_KEY.pem, marks: keyMarks },
  { kind: "a private key", pattern: WHOLE_PRIVATE_KEY.putty },
  { kind: "an age identity", pattern: /AGE-SECRET-KEY-1[0-9A-Z]{58}/gu },
  { kind: "a token", pattern: /gAAAAA[A-Za-z0-9_-]{100,1000}/gu },
  named("an application credential's secret", "(?:OS_)?APPLICATION_CREDENTIAL_SECRET"),
  named("a password", "OS_PASSWORD"),
  named("a token", "OS_(?:AUTH_)?TOKEN|OS_ACCESS_TOKEN"),
  named("a client's secret", "OS_CLIENT_SECRET"),
];

/** What is a secret only where it is known to be one: `secret` is a common word. */
const DELIVERED: readonly Form[] = [named("an application credential's secret", "secret")];

/** Secrets of the kinds that this cloud's users have, in any text; of one that was delivered, also its own. */
export function findSecrets(text: string, isDelivered: boolean): readonly FoundSecret[] {
  const forms = isDelivered ? [...FORMS, ...DELIVERED] : FORMS;
  return forms
    .flatMap(({ kind, pattern, marks = (it) => [it] }) =>
      [...text.matchAll(pattern)].flatMap((match): readonly FoundSecret[] => {
        const value = match.groups?.value ?? match[0];
        if (isPlaceholder(value)) return [];
        const offset = match.index + match[0].indexOf(value);
        const found = { kind, offset, value: new Sensitive(value) };
        return [{ ...found, marks: marks(value).map((it) => new Sensitive(it)) }];
      }),
    )
    .sort((a, b) => a.offset - b.offset);
}

/** `name: value`, `"name": "value"`, `export NAME=value`. */
function named(kind: string, names: string): Form {
  const value = `(?<quote>["']?)(?<value>[^\\s"',}]{4,512})\\k<quote>`;
  return { kind, pattern: new RegExp(`\\b(?:${names})["']?[ \\t]*[:=][ \\t]*${value}`, "giu") };
}

/** What stands for a secret: a variable, a command, an example. */
function isPlaceholder(value: string): boolean {
  return /^(?:[$<{*`(%]|\.\.\.|\*+$)/u.test(value);
}

/** The lines of a key's second half: the first may be its format, or public. */
function keyMarks(pem: string): readonly string[] {
  const lines = pem.split(/\s+|(?:\\[rn])+/u).filter((it) => /^[A-Za-z0-9+/=]{32,}$/u.test(it));
  return lines.slice(Math.ceil(lines.length / 2));
}
