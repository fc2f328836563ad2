import { generateKeyPairSync } from "node:crypto";
import sshpk from "sshpk";
import t from "tap";
import { recipeOf } from "../../../../providers/openstack/key-pair/algorithm.js";
import { generateKey } from "../../../../providers/openstack/key-pair/generate.js";
import { readHeldKey } from "../../../../providers/openstack/key-pair/private-key-file.js";
import { testRuntime } from "../../../helpers/runtime.js";
import { ED25519 } from "./samples.js";

const runtime = testRuntime();
const x509 = await generateKey({
  type: "x509",
  recipe: recipeOf("ecdsa-p256") ?? { kind: "ed25519" },
  comment: "",
  userId: "u1",
  runtime,
});
const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const encrypted = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const p256 = sshpk.generatePrivateKey("ecdsa");

const SSH = { type: "ssh", algorithm: "ed25519" } as const;
const X509 = { type: "x509", algorithm: "ecdsa-p256" } as const;

const CASES = [
  ["a public key", ED25519.text, SSH, "holds no private key"],
  ["an empty file", "", SSH, "holds no private key"],
  ["another algorithm", p256.toString("openssh"), SSH, "holds an ecdsa-p256 key, not ed25519"],
  [
    "a passphrase",
    encrypted.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" }),
    SSH,
    "holds a private key with a passphrase",
  ],
  [
    "a damaged key",
    p256.toString("openssh").slice(0, 120),
    SSH,
    "holds a private key that cannot be read",
  ],
  ["no certificate", p256.toString("pkcs8"), X509, "holds no certificate"],
  [
    "no private key",
    x509.publicKey.text,
    X509,
    "holds no private key without passphrase beside its certificate",
  ],
  [
    "the private key of another certificate",
    `${other.export({ type: "pkcs8", format: "pem" })}${x509.publicKey.text}`,
    X509,
    "holds a private key that does not belong to its certificate",
  ],
] as const;

for (const [what, text, wanted, problem] of CASES) {
  t.test(`a private key file with ${what} is not used`, async (t) => {
    const { files } = testRuntime({ files: { key: text.toString() } });
    t.strictSame(await readHeldKey(files, "key", wanted), { kind: "other", problem });
  });
}

t.test("a certificate with its private key is used", async (t) => {
  const { files } = testRuntime({ files: { key: String(x509.file.reveal()) } });
  t.strictSame(await readHeldKey(files, "key", X509), { kind: "key", publicKey: x509.publicKey });
});

t.test("a private key in PKCS#8, as other programs write it, is used", async (t) => {
  const { privateKey } = generateKeyPairSync("ed25519");
  const text = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const { files } = testRuntime({ files: { key: text } });
  t.match(await readHeldKey(files, "key", SSH), {
    kind: "key",
    publicKey: { algorithm: "ed25519" },
  });
});

t.test("no file is nothing, and a file that cannot be read is told", async (t) => {
  t.strictSame(await readHeldKey(runtime.files, "none", SSH), { kind: "nothing" });
  const look = async () => ({ kind: "taken", what: "a folder" }) as const;
  t.strictSame(await readHeldKey({ look }, "key", SSH), { kind: "other", problem: "is a folder" });
});
