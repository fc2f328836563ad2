import { generateKeyPairSync, type KeyObject } from "node:crypto";

/** An RSA key pair as Nova generates it below 2.92. */
export function generateSshKey(): { readonly publicKey: string; readonly privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    publicKey: `ssh-rsa ${sshBlob(publicKey).toString("base64")} Generated-by-Nova`,
    privateKey: privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
  };
}

function sshBlob(key: KeyObject): Buffer {
  const { e = "", n = "" } = key.export({ format: "jwk" });
  const numbers = [e, n].map((it) => positive(Buffer.from(it, "base64url")));
  return Buffer.concat([Buffer.from("ssh-rsa"), ...numbers].map(withLength));
}

/** A leading zero where the number would read as negative. */
function positive(bytes: Buffer): Buffer {
  return (bytes[0] ?? 0) < 128 ? bytes : Buffer.concat([Buffer.from([0]), bytes]);
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
