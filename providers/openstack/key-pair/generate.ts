import { generateKeyPair as generateWithCallback, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { Runtime } from "../../../engine/model/runtime.js";
import { Sensitive } from "../../../engine/model/value.js";
import type { KeyPairType, Recipe } from "./algorithm.js";
import { keyOfCertificate } from "./certificate.js";
import { clientCertificate } from "./client-certificate.js";
import type { PublicKey } from "./public-key.js";
import { keyOfSshpk } from "./ssh-blob.js";
import { sshpk } from "./sshpk.js";

const generateKeyPair = promisify(generateWithCallback);

/** A private key that exists nowhere but here. */
export interface GeneratedKey {
  readonly publicKey: PublicKey;
  /** The whole text of the file in which the private key is delivered. */
  readonly file: Sensitive;
}

export interface GenerateRequest {
  readonly type: KeyPairType;
  readonly recipe: Recipe;
  /** Written into the private key where its format has a place for it. */
  readonly comment: string;
  /** Whom a certificate is made out to. */
  readonly userId: string;
  readonly runtime: Pick<Runtime, "clock" | "random">;
}

/** Makes a key: with sshpk, or with Node's crypto for RSA and for certificates. */
export function generateKey(request: GenerateRequest): Promise<GeneratedKey> {
  return request.type === "x509" ? generateX509(request) : generateSsh(request);
}

/**
 * In OpenSSH's own format; RSA in PKCS#1, which the dashboard and the `openstack` client need to
 * decrypt the password of a Windows instance, and which every SSH client reads too.
 */
async function generateSsh({ recipe, comment }: GenerateRequest): Promise<GeneratedKey> {
  if (recipe.kind === "rsa") {
    const pem = exportPem(await generateKeyObject(recipe), "pkcs1");
    const publicKey = keyOfSshpk(sshpk().parsePrivateKey(pem, "pem").toPublic());
    return { publicKey, file: new Sensitive(pem) };
  }
  const key =
    recipe.kind === "ed25519"
      ? sshpk().generatePrivateKey("ed25519")
      : sshpk().generatePrivateKey("ecdsa", { curve: recipe.curve });
  key.comment = comment;
  return {
    publicKey: keyOfSshpk(key.toPublic()),
    file: new Sensitive(key.toString("openssh")),
  };
}

/** The private key in PKCS#8, and the certificate behind it. */
async function generateX509({ recipe, userId, runtime }: GenerateRequest): Promise<GeneratedKey> {
  const key = await generateKeyObject(recipe);
  const publicKey = keyOfCertificate(clientCertificate(key, userId, runtime));
  return { publicKey, file: new Sensitive(`${exportPem(key, "pkcs8")}${publicKey.text}`) };
}

async function generateKeyObject(recipe: Recipe): Promise<KeyObject> {
  switch (recipe.kind) {
    case "rsa":
      return (await generateKeyPair("rsa", { modulusLength: recipe.bits })).privateKey;
    case "ecdsa":
      return (await generateKeyPair("ec", { namedCurve: recipe.curve.replace(/^nistp/u, "P-") }))
        .privateKey;
    case "ed25519":
      return (await generateKeyPair("ed25519")).privateKey;
  }
}

function exportPem(key: KeyObject, type: "pkcs1" | "pkcs8"): string {
  return key.export({ type, format: "pem" }).toString();
}
