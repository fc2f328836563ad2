import { createPrivateKey, X509Certificate } from "node:crypto";
import type { FoundSecret } from "../../../engine/model/found-secret.js";
import type { JsonObject } from "../../../engine/model/value.js";
import { keyOfSshpk } from "./ssh-blob.js";
import { sshpk } from "./sshpk.js";

/** Whether a private key that was found somewhere is a key pair's. */
export function ownsSecret({ type, public_key: key }: JsonObject, found: FoundSecret): boolean {
  const pem = String(found.value.reveal()).replace(/(?:\\r)?\\n/gu, "\n");
  if (typeof key !== "string" || !pem.includes("PRIVATE KEY")) return false;
  try {
    return type === "x509"
      ? new X509Certificate(key).checkPrivateKey(createPrivateKey(pem))
      : keyOfSshpk(sshpk().parsePrivateKey(pem, "pem").toPublic()).text === key;
  } catch {
    return false;
  }
}
