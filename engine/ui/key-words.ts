import { commandText, recipientsText } from "../model/delivery-text.js";
import type { AttributeChange } from "../model/plan.js";
import { isValueList, type Value, type ValueObject } from "../model/value.js";

/** What is said of a new key in one sentence. */
const SAID = new Set([
  "algorithm",
  "comment",
  "encrypt_to",
  "fingerprint",
  "fingerprint_sha256",
  "private_key_command",
  "private_key_file",
  "public_key",
  "type",
]);

/** Gives the value that an attribute will have. */
type Get = (name: string) => Value | undefined;

/** A new key pair's many attributes as what matters of them: whose key it is, or where it goes. */
export function inKeyWords(attributes: readonly AttributeChange[]): readonly AttributeChange[] {
  const label = keyText(
    (name) => attributes.find(({ path }) => path.length === 1 && path[0] === name)?.after,
  );
  if (label === undefined) return attributes;
  const rest = attributes.filter(({ path }) => !SAID.has(path[0] ?? ""));
  return [...rest, { path: ["private_key_file"], kind: "add", label }];
}

/** Where the private key of a key pair that is made anew goes, beside what differs. */
export function withPrivateKey(
  attributes: readonly AttributeChange[],
  desired: ValueObject,
): readonly AttributeChange[] {
  const place = placeText((name) => desired[name]);
  const label = place === undefined ? undefined : keyText((name) => desired[name]);
  if (label === undefined) return attributes;
  return [...attributes, { path: ["private_key_file"], kind: "add", label }];
}

/** Where a private key goes that was made by an interrupted run and waits to be delivered. */
export function withDelivery(
  attributes: readonly AttributeChange[],
  desired: ValueObject,
): readonly AttributeChange[] {
  const place = placeText((name) => desired[name]);
  return attributes.map((attribute): AttributeChange => {
    if (attribute.path[0] !== "delivered" || place === undefined) return attribute;
    const label = `private key, made already, goes to ${place}`;
    return { path: ["private_key_file"], kind: "add", label };
  });
}

function keyText(get: Get): string | undefined {
  const text = (name: string) => {
    const value = get(name);
    return typeof value === "string" ? value : undefined;
  };
  const kind = text("type") === "x509" ? "x509 " : "";
  const words = `${kind}${text("algorithm") ?? "key"}`;
  const place = placeText(get);
  const fingerprint = text("fingerprint_sha256") ?? text("fingerprint");
  if (place !== undefined && fingerprint === undefined)
    return `private key goes to ${place} (new, ${words})`;
  if (place !== undefined && isReadable(get))
    return `private key is the one in ${place} (${words})`;
  if (place !== undefined) return `private key, made already, goes to ${place} (${words})`;
  return fingerprint === undefined ? undefined : `public key ${fingerprint} (${words})`;
}

/** Whether a key can be used that is at its place already. */
function isReadable(get: Get): boolean {
  return typeof get("private_key_file") === "string" && get("encrypt_to") === undefined;
}

function placeText(get: Get): string | undefined {
  const file = get("private_key_file");
  const command = get("private_key_command");
  const words = isValueList(command)
    ? `the command ${commandText(command.map(String))}`
    : undefined;
  const place = typeof file === "string" ? file : words;
  const recipients = get("encrypt_to");
  if (place === undefined || !isValueList(recipients)) return place;
  return `${place}, encrypted to ${recipientsText(recipients.map(String))}`;
}
