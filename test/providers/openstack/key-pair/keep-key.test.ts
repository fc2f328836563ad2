import t from "tap";
import { Unknown } from "../../../../engine/model/value.js";
import {
  keepGeneratedKey,
  rememberedKey,
} from "../../../../providers/openstack/key-pair/keep-key.js";
import { ECDSA, ED25519 } from "./samples.js";

const desired = { name: "web", type: "ssh", algorithm: "ed25519", private_key_file: "web.pem" };
const cloud = { name: "web", type: "ssh", algorithm: "ed25519", public_key: ED25519.text };
const existing = { ...cloud, private_key_file: "web.pem", generated_public_key: ED25519.text };

t.test("a generated key stays, with and without its file", async (t) => {
  t.equal(keepGeneratedKey(desired, existing).public_key, ED25519.text);
  const inFile = { ...desired, public_key: "ssh-ed25519 another" };
  t.equal(keepGeneratedKey(inFile, existing).public_key, ED25519.text);
});

t.test("a key exchanged by hand gives way to the file's", async (t) => {
  const exchanged = { ...existing, public_key: "ssh-ed25519 another" };
  const inFile = { ...desired, public_key: ED25519.text };
  t.equal(keepGeneratedKey(inFile, exchanged).public_key, ED25519.text);
  t.match(keepGeneratedKey(desired, exchanged).public_key, new Unknown());
});

for (const change of [{ name: "other" }, { type: "x509" }, { algorithm: "rsa-4096" }]) {
  t.test(
    `the key is a new one when ${Object.keys(change)[0]} changes without its file`,
    async (t) => {
      t.ok(keepGeneratedKey({ ...desired, ...change }, existing).public_key instanceof Unknown);
    },
  );
}

t.test("a key that became one to generate is a new one, unless the file has it", async (t) => {
  t.ok(keepGeneratedKey(desired, cloud).public_key instanceof Unknown);
  const inFile = { ...desired, public_key: ED25519.text };
  t.equal(keepGeneratedKey(inFile, cloud).public_key, ED25519.text);
});

t.test("a key that is given is left alone", async (t) => {
  const given = { name: "web", type: "ssh", algorithm: "ecdsa-p256", public_key: ECDSA.text };
  t.equal(keepGeneratedKey(given, existing), given);
});

t.test("a key removed outside is remembered while the same kind is wanted", async (t) => {
  t.equal(rememberedKey(desired, existing), ED25519.text);
  t.equal(rememberedKey({ ...desired, algorithm: "rsa-4096" }, existing), undefined);
  t.equal(rememberedKey({ ...desired, name: "other" }, existing), undefined);
  t.equal(rememberedKey(desired, cloud), undefined);
  t.equal(rememberedKey(desired, undefined), undefined);
});
