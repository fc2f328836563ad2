import sshpk from "sshpk";
import { byteSecret, type Secret, textSecret } from "./secret.js";

/** What of a private key nobody may know, by the names that sshpk gives its parts. */
const PRIVATE_PARTS: Readonly<Record<string, readonly string[]>> = {
  ed25519: ["k"],
  ecdsa: ["d"],
  rsa: ["d", "p", "q", "dmodp", "dmodq", "iqmp"],
};

const PEM = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^-]+)-----END \1-----/gu;

/** The private keys in a text: their seeds or numbers, and the lines that have them. */
export function keysIn(text: string, owner: string): readonly Secret[] {
  return [...text.matchAll(PEM)].flatMap(([pem, , body = ""]) => {
    const key = sshpk.parsePrivateKey(pem, "auto");
    const names = PRIVATE_PARTS[key.type] ?? [];
    const parts = key.parts
      .filter(({ name }) => names.includes(name ?? ""))
      .map(({ name, data }) => byteSecret(`${owner}: ${name}`, owner, trimmed(data)));
    if (parts.length !== names.length) throw new Error(`an ${key.type} key lacks parts`);
    const lines = body.trim().split(/\r?\n/u);
    // The first half has what the public key has too; of ECDSA the second one does.
    const half = key.type === "ecdsa" ? [] : lines.slice(Math.ceil(lines.length / 2));
    const secret = half.filter((it) => it.length > 30);
    return [
      ...parts,
      ...secret.map((line, index) => textSecret(`${owner}: line ${index + 1}`, owner, line)),
    ];
  });
}

/** A number without the zero that keeps it from being negative. */
function trimmed(bytes: Buffer): Buffer {
  return bytes[0] === 0 ? bytes.subarray(1) : bytes;
}
