import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import {
  isValueList,
  Sensitive,
  Unknown,
  type Value,
  type ValueObject,
} from "../../../engine/model/value.js";
import { parseSshKey } from "../key-pair/ssh-text.js";

const EXPECTED = "age1..., ssh-ed25519 AAAA... or ssh-rsa AAAA...";

/** Reads `encrypt_to`: recipients of age, without comments; none where nothing is to be encrypted. */
export async function decodeRecipients(
  value: Value | undefined,
  pointer: string,
  report: (diagnostic: Diagnostic) => void,
): Promise<readonly string[] | Unknown> {
  if (value === undefined || value === null) return [];
  if (value instanceof Unknown) return value;
  if (!isValueList(value) || value.length === 0) {
    report(mistake(pointer, "`encrypt_to` is no list of recipients"));
    return new Unknown();
  }
  if (value.some((it) => it instanceof Unknown)) return new Unknown();
  const found = await Promise.all(
    value.map(async (item, index) => {
      const read = typeof item === "string" ? await readRecipient(item) : notText(item);
      if ("problem" in read) report(mistake(`${pointer}/${index}`, read.problem));
      return "text" in read ? [read.text] : [];
    }),
  );
  return [...new Set(found.flat())];
}

/** The recipients of a canonical declaration. */
export function recipientsOf(value: Value | undefined): readonly string[] {
  return isValueList(value) ? value.map(String) : [];
}

/** `{encrypt_to: [...]}`, or nothing where nothing is encrypted. */
export function recipientsAttribute(recipients: readonly string[] | Unknown): ValueObject {
  if (recipients instanceof Unknown) return { encrypt_to: recipients };
  return recipients.length > 0 ? { encrypt_to: recipients } : {};
}

type Read = { readonly text: string } | { readonly problem: string };

function notText(item: Value): Read {
  return item instanceof Sensitive
    ? { problem: "a recipient is public, and this one is sensitive" }
    : { problem: "a recipient is a text" };
}

/** Says what is wrong with a recipient, and never what it is: it may be an identity. */
async function readRecipient(text: string): Promise<Read> {
  const trimmed = text.trim();
  if (/^AGE-SECRET-KEY-/iu.test(trimmed)) {
    return {
      problem: "this is age's secret key: give the recipient, as `age-keygen -y` prints it",
    };
  }
  return trimmed.startsWith("age1") ? readNative(trimmed) : readSsh(trimmed);
}

async function readNative(text: string): Promise<Read> {
  const { Encrypter } = await import("age-encryption");
  try {
    new Encrypter().addRecipient(text);
    return { text };
  } catch {
    return { problem: "this is no recipient of age, or one that needs a plugin" };
  }
}

async function readSsh(text: string): Promise<Read> {
  const parsed = parseSshKey(text);
  if (parsed.kind === "problem") return { problem: `a recipient ${parsed.problem.problem}` };
  const key = parsed.key.text;
  // Loaded where it is needed: most configurations encrypt nothing.
  const { sshRecipient } = await import("./ssh-recipient.js");
  return sshRecipient(key)
    ? { text: key }
    : { problem: `nothing is encrypted to an ${parsed.key.algorithm} key of SSH` };
}

function mistake(pointer: string, summary: string): Diagnostic {
  return {
    severity: "error",
    code: "bad-recipient",
    summary,
    pointer,
    expected: EXPECTED,
    help: "give recipients of age, or public keys of SSH (Ed25519, or RSA of 2048 bits and more)",
  };
}
