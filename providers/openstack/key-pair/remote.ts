import type { RemoteObject } from "../../../engine/model/remote-object.js";
import { isObject, type JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { pathSegment } from "../http/path-segment.js";
import { keyAttributes } from "./attributes.js";
import { parseCertificate } from "./certificate.js";
import { parseLine } from "./ssh-text.js";

/** All key pairs of the user (GET /os-keypairs; each item is wrapped in `keypair`). */
export async function listKeyPairs({ nova }: OpenStack): Promise<readonly RemoteObject[]> {
  const items = await nova.list("/os-keypairs", "keypairs", { marker: "name" });
  return items.map(observe);
}

/** The path of a key pair. Its name must not be `.` or `..`, which a URL cannot say. */
export function keyPairPath(name: string): string {
  return `/os-keypairs/${pathSegment(name)}`;
}

/**
 * A key pair as Nova tells it. Nova keeps the text of a public key as it was sent, so comment and
 * blanks go; below microversion 2.2 it has no `type`.
 */
export function observe(item: JsonObject): RemoteObject {
  const { name, type, public_key, fingerprint } = isObject(item.keypair) ? item.keypair : item;
  const text = asText(public_key);
  const kind = type === "x509" ? "x509" : "ssh";
  const parsed = kind === "x509" ? parseCertificate(text) : parseLine(text);
  const key =
    parsed.kind === "key"
      ? keyAttributes(parsed.key)
      : { algorithm: "unknown", public_key: text.trim(), fingerprint: asText(fingerprint) };
  const id = asText(name);
  return { id, name: id, attributes: { id, name: id, type: kind, ...key } };
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
