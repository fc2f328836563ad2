import { createPublicKey } from "node:crypto";
import type { Key } from "sshpk";
import { ecdsaName } from "./algorithm.js";
import { type PublicKey, sshFingerprints } from "./public-key.js";
import { sshpk } from "./sshpk.js";

/** Keys on security tokens, which sshpk does not know: their algorithm, and how many strings they are. */
const TOKEN_KEYS: ReadonlyMap<string, { readonly algorithm: string; readonly strings: number }> =
  new Map([
    ["sk-ssh-ed25519@openssh.com", { algorithm: "ed25519-sk", strings: 3 }],
    ["sk-ecdsa-sha2-nistp256@openssh.com", { algorithm: "ecdsa-sk", strings: 4 }],
  ]);

/**
 * The key in a blob (RFC 4253, section 6.6) whose type is said to be `word`; undefined for
 * anything that is not exactly one key of that type.
 */
export function keyOfBlob(word: string, blob: Buffer): PublicKey | undefined {
  const algorithm = TOKEN_KEYS.has(word) ? tokenAlgorithm(word, blob) : plainAlgorithm(word, blob);
  if (algorithm === undefined) return undefined;
  const text = `${word} ${blob.toString("base64")}`;
  return { type: "ssh", text, algorithm, ...sshFingerprints(blob) };
}

/** The key of sshpk in canonical form. */
export function keyOfSshpk(key: Key): PublicKey {
  const blob = key.toBuffer("rfc4253");
  const [word = ""] = key.toString("ssh").split(" ");
  const text = `${word} ${blob.toString("base64")}`;
  return { type: "ssh", text, algorithm: algorithmOf(key), ...sshFingerprints(blob) };
}

function plainAlgorithm(word: string, blob: Buffer): string | undefined {
  try {
    const key = sshpk().parseKey(blob, "rfc4253");
    const same = key.toString("ssh").startsWith(`${word} `) && key.toBuffer("rfc4253").equals(blob);
    if (!same) return undefined;
    if (key.type === "ecdsa") createPublicKey(key.toString("pkcs8"));
    return algorithmOf(key);
  } catch {
    return undefined;
  }
}

function algorithmOf(key: Key): string {
  if (key.type === "rsa") return `rsa-${key.size}`;
  return key.type === "ecdsa" ? ecdsaName(key.curve ?? "") : key.type;
}

function tokenAlgorithm(word: string, blob: Buffer): string | undefined {
  const strings = readStrings(blob);
  const form = TOKEN_KEYS.get(word);
  const fits = strings?.[0]?.toString() === word && strings.length === form?.strings;
  return fits ? form.algorithm : undefined;
}

/** The strings of RFC 4251, section 5, that a blob is made of. */
function readStrings(blob: Buffer): readonly Buffer[] | undefined {
  const strings: Buffer[] = [];
  for (let at = 0; at < blob.length; ) {
    if (at + 4 > blob.length) return undefined;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    strings.push(blob.subarray(at + 4, end));
    at = end;
  }
  return strings;
}
