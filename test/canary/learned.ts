import { armor, Decrypter } from "age-encryption";
import { declaredFile } from "./allowed.js";
import type { Evidence } from "./evidence.js";
import { keysIn } from "./key-material.js";
import { type Secret, textSecret } from "./secret.js";

/** age's text form. */
const SEALED = /-----BEGIN AGE ENCRYPTED FILE-----[^-]+-----END AGE ENCRYPTED FILE-----/gu;

/** The secrets that were delivered: in files, to commands, and for who has the identity. */
export async function learnedFrom(
  evidence: Evidence,
  identity: string,
): Promise<readonly Secret[]> {
  const found: Secret[] = [];
  const owners = { ...evidence.setting.declared, ...evidence.setting.sealed };
  const prefix = `${evidence.setting.name} `;
  for (const { name, kind, bytes } of evidence.places.values()) {
    const file = declaredFile(name.slice(prefix.length));
    const [owner] = owners[file] ?? [];
    if (kind !== "file" || owner === undefined) continue;
    // What waits is in JSON.
    const text = bytes.toString().replaceAll("\\n", "\n");
    const unsealed = await Promise.all(
      (text.match(SEALED) ?? []).map((it) => opened(it, identity)),
    );
    for (const it of [text, ...unsealed])
      found.push(...keysIn(it, owner), ...credentialIn(it, owner));
  }
  return found;
}

/** The secret of a credential, as `json` has it. */
function credentialIn(text: string, owner: string): readonly Secret[] {
  const [, secret] = /"secret": "([^"\\]+)"/u.exec(text) ?? [];
  return secret === undefined ? [] : [textSecret(owner, owner, secret)];
}

async function opened(text: string, identity: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(armor.decode(text), "text");
}
