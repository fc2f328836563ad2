import type { FoundSecret } from "../../../engine/model/found-secret.js";
import { WHOLE_PRIVATE_KEY } from "../../../engine/model/private-key-text.js";
import { Sensitive } from "../../../engine/model/value.js";
import { encodedKeys } from "./encoded-keys.js";

/** A kind of secret by the form that it always has. */
interface Form {
  readonly kind: string;
  readonly pattern: RegExp;
  readonly marks?: (text: string) => readonly string[];
}

/** What is said of an application credential's secret. */
export const CREDENTIAL_SECRET = "an application credential's secret";

const JSON_TEXT = String.raw`(?:[^"\\\n]|\\.){0,300}`;

/**
 * Private keys: whole ones, and age's. Tokens: Fernet, which Keystone gives. Secrets by the names
 * that OpenStack's files and variables give them; `secret`, a common word, only with its neighbors in
 * a credential as JSON: one that was delivered, one that waits for it, or one as `openstack` prints it.
 */
const FORMS: readonly Form[] = [
  { kind: "a private key", pattern: WHOLE_PRIVATE_KEY.pem, marks: keyMarks },
  { kind: "a private key", pattern: WHOLE_PRIVATE_KEY.putty },
  { kind: "an age identity", pattern: /AGE-SECRET-KEY-1[0-9A-Z]{58}/gu },
  { kind: "a token", pattern: /gAAAAA[A-Za-z0-9_-]{100,1000}/gu },
  named(CREDENTIAL_SECRET, "(?:OS_)?APPLICATION_CREDENTIAL_SECRET"),
  {
    kind: CREDENTIAL_SECRET,
    pattern:
      /"secret":\s*"(?<value>(?:[^"\\\n]|\\.){4,512})",\s*"(?:project_id|system|unrestricted)"/gu,
  },
  {
    kind: CREDENTIAL_SECRET,
    pattern: new RegExp(
      `"address":\\s*"${JSON_TEXT}",\\s*"name":\\s*"${JSON_TEXT}",\\s*"secret":\\s*"(?<value>[\\w-]{64})"`,
      "gu",
    ),
  },
  named("a password", "OS_PASSWORD"),
  named("a token", "OS_(?:AUTH_)?TOKEN|OS_ACCESS_TOKEN"),
  named("a client's secret", "OS_CLIENT_SECRET"),
];

/** Secrets of the kinds that this cloud's users have, in any text; private keys in base64, too. */
export function findSecrets(text: string): readonly FoundSecret[] {
  const encoded = encodedKeys(text).flatMap(({ offset, decoded }) =>
    findByForm(decoded)
      .filter(({ kind }) => kind === "a private key")
      .map((it) => ({ ...it, offset })),
  );
  return [...findByForm(text), ...encoded].sort((a, b) => a.offset - b.offset);
}

function findByForm(text: string): readonly FoundSecret[] {
  return FORMS.flatMap(({ kind, pattern, marks = (it) => [it] }) =>
    [...text.matchAll(pattern)].flatMap((match): readonly FoundSecret[] => {
      const value = match.groups?.value ?? match[0];
      if (isPlaceholder(value)) return [];
      const offset = match.index + match[0].lastIndexOf(value);
      const found = { kind, offset, value: new Sensitive(value) };
      return [{ ...found, marks: marks(value).map((it) => new Sensitive(it)) }];
    }),
  );
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
