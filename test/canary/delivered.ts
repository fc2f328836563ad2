import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { armor, Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import sshpk from "sshpk";
import { type Latin, latin } from "./forms.js";

/** Where secrets are delivered in the configuration's folder, and may be. */
const DELIVERED = ["ssh.pem", "tls.pem", "ci.yaml", "rc.sh", "job.json", "job.env", "given.env"];
/** What commands were given, beside the folder. */
const TOLD = ["../told.json", "../key-command.pem"];
const SEALED = "sealed.pem.age";

/** What waits for a command, until the cloud has what belongs to it. */
const WAITING = /^\.(?:key_pair|application_credential)\.told\.[0-9a-f]+\.pending\b/u;

/** Whether a file is one to which a secret is delivered, or one on its way there or to a command. */
export function isDelivery(name: string): boolean {
  return (
    WAITING.test(name) ||
    DELIVERED.some((it) => name === it || name.startsWith(`${it}.`) || name.startsWith(`.${it}.`))
  );
}

/** To whom the sealed key is encrypted. */
export interface Recipient {
  readonly identity: string;
  readonly recipient: string;
}

export async function newRecipient(): Promise<Recipient> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** All that was delivered so far into files, to commands and encrypted, by what it is. */
export async function deliveredSecrets(
  folder: string,
  { identity }: Recipient,
): Promise<ReadonlyMap<string, Latin>> {
  const there = [...DELIVERED, ...TOLD].filter((path) => existsSync(join(folder, path)));
  const texts = new Map(there.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
  if (existsSync(join(folder, SEALED))) {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const sealed = readFileSync(join(folder, SEALED), "utf8");
    texts.set(SEALED, await decrypter.decrypt(armor.decode(sealed), "text"));
  }
  return new Map(
    [...texts].flatMap(([path, text]) => [...keysIn(path, text), ...secretsIn(path, text)]),
  );
}

const PRIVATE_KEY = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[^-]*-----END \1PRIVATE KEY-----/gu;

/** Each private key: its number that is secret, and those lines of its file that have no public part. */
function keysIn(path: string, text: string): readonly [string, Latin][] {
  return [...text.matchAll(PRIVATE_KEY)].flatMap(([pem], index) => {
    const name = `${path}, key ${index + 1}`;
    // The last line of those that OpenSSH has is the same in each.
    const lines = pem.split("\n").filter((line) => line.length > 60);
    const { part } = sshpk.parsePrivateKey(pem, "auto") as unknown as Parts;
    const number = part.k?.data ?? part.d?.data;
    if (!number) throw new Error(`${name} has no part that is known to be secret`);
    return [
      [`${name}, the number`, number.toString("latin1").replace(/^\0/u, "")],
      ...lines
        .slice(Math.ceil(lines.length / 2))
        .map((line, at): [string, Latin] => [`${name}, line ${at}`, latin(line)]),
    ];
  });
}

interface Parts {
  readonly part: Readonly<Record<string, { readonly data: Buffer } | undefined>>;
}

const SECRET =
  /(?:"secret"|application_credential_secret|OS_APPLICATION_CREDENTIAL_SECRET)["']?\s*[:=]\s*["']?([\w-]{20,})/gu;

/** Each secret of an application credential. */
function secretsIn(path: string, text: string): readonly [string, Latin][] {
  return [...text.matchAll(SECRET)].map(([, secret = ""], index) => [
    `${path}, secret ${index + 1}`,
    latin(secret),
  ]);
}
