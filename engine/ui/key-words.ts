import type { AttributeChange } from "../model/plan.js";
import type { ValueObject } from "../model/value.js";

/** What is said of a new key in one sentence. */
const SAID = new Set([
  "algorithm",
  "comment",
  "fingerprint",
  "fingerprint_sha256",
  "private_key_file",
  "public_key",
  "type",
]);

/** A new key pair's many attributes as what matters of them: whose key it is, or where it goes. */
export function inKeyWords(attributes: readonly AttributeChange[]): readonly AttributeChange[] {
  const text = (name: string) => {
    const { after } = attributes.find(({ path }) => path.length === 1 && path[0] === name) ?? {};
    return typeof after === "string" ? after : undefined;
  };
  const label = keyText(text);
  if (label === undefined) return attributes;
  const rest = attributes.filter(({ path }) => !SAID.has(path[0] ?? ""));
  return [...rest, { path: ["private_key_file"], kind: "add", label }];
}

/** Where the private key of a key pair that is made anew goes, beside what differs. */
export function withPrivateKey(
  attributes: readonly AttributeChange[],
  desired: ValueObject,
): readonly AttributeChange[] {
  if (typeof desired.private_key_file !== "string") return attributes;
  const label = keyText((name) => {
    const value = desired[name];
    return typeof value === "string" ? value : undefined;
  });
  if (label === undefined) return attributes;
  return [...attributes, { path: ["private_key_file"], kind: "add", label }];
}

function keyText(text: (name: string) => string | undefined): string | undefined {
  const kind = text("type") === "x509" ? "x509 " : "";
  const words = `${kind}${text("algorithm") ?? "key"}`;
  const file = text("private_key_file");
  const fingerprint = text("fingerprint_sha256") ?? text("fingerprint");
  if (file !== undefined && fingerprint === undefined)
    return `private key goes to ${file} (new, ${words})`;
  if (file !== undefined) return `private key is the one in ${file} (${words})`;
  return fingerprint === undefined ? undefined : `public key ${fingerprint} (${words})`;
}
