import { execFileSync, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import t, { type Test } from "tap";
import type { Diagnostic } from "../../../../engine/model/diagnostic.js";
import { Sensitive, Unknown, type Value } from "../../../../engine/model/value.js";
import { decodeRecipients } from "../../../../providers/openstack/secret/recipients.js";
import { seal } from "../../../../providers/openstack/secret/seal.js";

const TEXT = "-----BEGIN OPENSSH PRIVATE KEY-----\nüñí\n";
const noAge = spawnSync("age", ["--version"]).error ? "age is not installed" : false;

/** Decrypts with the age program, by a private key in a file. */
function open(t: Test, sealed: string, identity: string): string {
  const folder = t.testdir({ identity, sealed });
  const argv = ["--decrypt", "--identity", join(folder, "identity"), join(folder, "sealed")];
  return execFileSync("age", argv, { encoding: "utf8" });
}

function sshKey(t: Test, type: string, ...more: readonly string[]) {
  const path = join(t.testdir({}), "key");
  execFileSync("ssh-keygen", ["-q", "-t", type, ...more, "-N", "", "-C", "someone", "-f", path]);
  return { identity: readFileSync(path, "utf8"), recipient: readFileSync(`${path}.pub`, "utf8") };
}

async function decoded(value: Value) {
  const found: Diagnostic[] = [];
  const recipients = await decodeRecipients(value, "/encrypt_to", (it) => found.push(it));
  return { recipients, found };
}

t.test("what is encrypted to a recipient of age is read by its identity", async (t) => {
  const identity = await generateX25519Identity();
  const sealed = await seal(TEXT, [await identityToRecipient(identity)]);
  t.match(sealed, /^-----BEGIN AGE ENCRYPTED FILE-----\n/u);
  t.notMatch(sealed, "OPENSSH");
  if (!noAge) t.equal(open(t, sealed, `${identity}\n`), TEXT);
});

t.test("the age program reads what is encrypted to its own key", { skip: noAge }, async (t) => {
  const identity = execFileSync("age-keygen", { encoding: "utf8", stdio: "pipe" });
  const recipient = /public key: (\S+)/u.exec(identity)?.[1] ?? "";
  t.equal(open(t, await seal(TEXT, [recipient]), identity), TEXT);
});

for (const [type, ...more] of [["ed25519"], ["rsa", "-b", "2048"], ["rsa", "-b", "3072"]] as const)
  t.test(
    `the age program reads what is encrypted to an SSH key: ${type} ${more}`,
    { skip: noAge },
    async (t) => {
      const { identity, recipient } = sshKey(t, type, ...more);
      const { recipients, found } = await decoded([recipient]);
      t.strictSame(found, []);
      if (recipients instanceof Unknown) throw new Error("it is known");
      t.notMatch(recipients[0], "someone");
      t.equal(open(t, await seal(TEXT, recipients), identity), TEXT);
    },
  );

t.test("each of several recipients reads it, and nobody else", { skip: noAge }, async (t) => {
  const one = sshKey(t, "ed25519");
  const two = await generateX25519Identity();
  const { recipients } = await decoded([one.recipient, await identityToRecipient(two)]);
  if (recipients instanceof Unknown) throw new Error("they are known");
  const sealed = await seal(TEXT, recipients);
  t.equal(open(t, sealed, one.identity), TEXT);
  t.equal(open(t, sealed, `${two}\n`), TEXT);
  t.throws(() => open(t, sealed, sshKey(t, "ed25519").identity));
});

t.test(
  "what age encrypts, the library reads, and the other way round",
  { skip: noAge },
  async (t) => {
    const identity = await generateX25519Identity();
    const file = join(t.testdir({}), "plain");
    writeFileSync(file, TEXT);
    const recipient = await identityToRecipient(identity);
    const sealed = execFileSync("age", ["--recipient", recipient, file]);
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    t.equal(await decrypter.decrypt(sealed, "text"), TEXT);
  },
);

const P256 = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey;
const RSA1024 = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey;
const pem = (key: typeof P256) => key.export({ type: "spki", format: "pem" }).toString();

const REFUSED: Readonly<Record<string, readonly [value: Value, summary: string]>> = {
  "a text": ["age1x", "`encrypt_to` is no list of recipients"],
  "a mapping in the list": [[JSON.parse('{"__proto__": null}')], "a recipient is a text"],
  "an empty list": [[], "`encrypt_to` is no list of recipients"],
  "a damaged recipient": [["age1qqqq"], "this is no recipient of age, or one that needs a plugin"],
  "the recipient of a plugin": [
    ["age1yubikey1q2w7u3vpya839jxxuq8g0sedh3d740d4xvn639sqhr95ejj8vu3hyfumptt"],
    "this is no recipient of age, or one that needs a plugin",
  ],
  "an identity": [
    ["AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ"],
    "this is age's secret key: give the recipient, as `age-keygen -y` prints it",
  ],
  "a number": [[5], "a recipient is a text"],
  "an ECDSA key": [[pem(P256)], "nothing is encrypted to an ecdsa-p256 key of SSH"],
  "a short RSA key": [[pem(RSA1024)], "nothing is encrypted to an rsa-1024 key of SSH"],
  "a private key": [
    ["-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n"],
    "a recipient holds a private key",
  ],
  "a sensitive value": [
    [new Sensitive("age1x")],
    "a recipient is public, and this one is sensitive",
  ],
};

for (const [what, [value, summary]] of Object.entries(REFUSED))
  t.test(`${what} is no recipient`, async (t) => {
    const { found } = await decoded(value);
    t.match(found, [{ severity: "error", code: "bad-recipient", summary, help: /give/u }]);
    t.notMatch(JSON.stringify(found), "QQQQ");
  });
