import fc from "fast-check";
import t from "tap";
import { Sensitive, Unknown, type ValueObject } from "../../../../engine/model/value.js";
import { recipeOf } from "../../../../providers/openstack/key-pair/algorithm.js";
import { decodeKeyPair } from "../../../../providers/openstack/key-pair/decode.js";
import { generateKey } from "../../../../providers/openstack/key-pair/generate.js";
import { testRuntime } from "../../../helpers/runtime.js";
import { ECDSA, ED25519, RSA, RSA_PKCS8, RSA_RFC4716, WEAK } from "./samples.js";

const generated = await generateKey({
  type: "ssh",
  recipe: recipeOf("ed25519") ?? { kind: "ed25519" },
  comment: "web",
  userId: "u1",
  runtime: testRuntime(),
});
const PRIVATE = String(generated.file.reveal());
const FILES = {
  "web.pem": PRIVATE,
  "deploy.pub": `${ED25519.text} deploy\n`,
  "wide.pub": Buffer.from(`\uFEFF${ED25519.text} deploy\n`, "utf16le"),
};

const decode = (body: ValueObject, key?: string) =>
  decodeKeyPair(body, {
    address: { type: "key_pair", name: "web", ...(key !== undefined && { key }) },
    runtime: testRuntime({ files: FILES }),
  });

const attributesOf = (key: typeof ED25519 | typeof RSA | typeof ECDSA) => ({
  algorithm: key.algorithm,
  public_key: key.text,
  fingerprint: key.fingerprint,
  fingerprint_sha256: key.fingerprintSha256,
});

const base = { name: "web", type: "ssh" };
const unknown = new Unknown();

const GOOD: readonly (readonly [string, ValueObject, ValueObject])[] = [
  [
    "a key to generate is not known yet",
    { private_key_file: "new.pem" },
    { ...base, algorithm: "ed25519", private_key_file: "new.pem" },
  ],
  [
    "a certificate to generate has RSA by default",
    { type: "x509", private_key_file: "new.pem" },
    { ...base, type: "x509", algorithm: "rsa-2048", private_key_file: "new.pem" },
  ],
  [
    "a private key that is there already gives its public half",
    { private_key_file: "web.pem" },
    {
      ...base,
      private_key_file: "web.pem",
      algorithm: "ed25519",
      public_key: generated.publicKey.text,
      fingerprint: generated.publicKey.fingerprint,
      fingerprint_sha256: generated.publicKey.fingerprintSha256,
    },
  ],
  [
    "a file with something else is remembered as a problem, not reported yet",
    { private_key_file: "deploy.pub" },
    {
      ...base,
      algorithm: "ed25519",
      private_key_file: "deploy.pub",
      private_key_problem: "holds no private key",
    },
  ],
  ["a key is given", { public_key: ECDSA.text }, { ...base, ...attributesOf(ECDSA) }],
  [
    "a key is given in a file",
    { name: "my key", algorithm: "ed25519", public_key_file: "deploy.pub" },
    { ...base, name: "my key", ...attributesOf(ED25519), comment: "deploy" },
  ],
  [
    "a file is in the UTF-16 of PowerShell",
    { public_key_file: "wide.pub" },
    { ...base, ...attributesOf(ED25519), comment: "deploy" },
  ],
  ["a key is unknown yet", { public_key: unknown }, { ...base, public_key: unknown }],
  [
    "a path is unknown yet",
    { private_key_file: unknown },
    { ...base, algorithm: "ed25519", private_key_file: unknown },
  ],
  [
    "a name is unknown yet",
    { name: unknown, public_key: RSA.text },
    { ...base, name: unknown, ...attributesOf(RSA) },
  ],
];

for (const [what, body, attributes] of GOOD) {
  t.test(what, async (t) => {
    const { writes: _, ...decoded } = await decode(body);
    t.strictSame(decoded, { attributes, diagnostics: [] });
  });
}

t.test("the forms of one key are one value", async (t) => {
  const forms = [RSA.text, `# a\n${RSA.text}  b c\r\n`, RSA_PKCS8, RSA_RFC4716];
  for (const text of forms) {
    const { attributes } = await decode({ public_key: text });
    t.equal(attributes.public_key, RSA.text);
  }
});

const BAD: readonly (readonly [string, ValueObject, readonly (readonly [string, string])[]])[] = [
  ["no key", {}, [["missing-key", ""]]],
  [
    "two sources",
    { private_key_file: "a", public_key: ED25519.text },
    [["wrong-value", "/public_key"]],
  ],
  ["a missing file", { public_key_file: "none.pub" }, [["file-missing", "/public_key_file"]]],
  ["a private key", { public_key: PRIVATE }, [["bad-public-key", "/public_key"]]],
  [
    "a private key's file",
    { public_key_file: "web.pem" },
    [["bad-public-key", "/public_key_file"]],
  ],
  ["a weak key", { public_key: WEAK }, [["weak-key", "/public_key"]]],
  [
    "another algorithm than the key's",
    { public_key: RSA.text, algorithm: "ed25519" },
    [["wrong-value", "/algorithm"]],
  ],
  [
    "an algorithm that certificates do not have",
    { type: "x509", algorithm: "ed25519", private_key_file: "a" },
    [["wrong-value", "/algorithm"]],
  ],
  [
    "an SSH key as certificate",
    { type: "x509", public_key: RSA.text },
    [["bad-public-key", "/public_key"]],
  ],
  [
    "a secret",
    { public_key: new Sensitive(RSA.text) },
    [
      ["wrong-type", "/public_key"],
      ["missing-key", ""],
    ],
  ],
  [
    "everything wrong at once",
    { name: "..", type: "gpg", algorithm: 7, public_key: "x" },
    [
      ["bad-key-name", "/name"],
      ["wrong-value", "/type"],
      ["wrong-type", "/algorithm"],
    ],
  ],
];

for (const [what, body, expected] of BAD) {
  t.test(`${what} is reported at its place`, async (t) => {
    const { diagnostics } = await decode(body);
    t.strictSame(
      diagnostics.map((it) => [it.code, it.pointer ?? ""]),
      expected,
    );
    t.notMatch(JSON.stringify(diagnostics), PRIVATE.split("\n")[2] ?? "");
  });
}

t.test("a path given as a key is told to be a path", async (t) => {
  const { diagnostics } = await decode({ public_key: "~/.ssh/id_ed25519.pub" });
  t.equal(diagnostics[0]?.help, "name a file as `public_key_file`");
});

t.test("an instance of for_each is named for its key", async (t) => {
  const name = async (key: string) =>
    (await decode({ private_key_file: "a" }, key)).attributes.name;
  t.equal(await name("alice@example.org"), "web-alice@example.org");
  t.equal(await name("eu/west: 1"), "web-eu-west- 1");
});

for (const name of ["", " a", "a ", ".", "..", "a/b", "é", "a\n", "x".repeat(256)]) {
  t.test(`the name ${JSON.stringify(name).slice(0, 12)} is refused`, async (t) => {
    const { diagnostics } = await decode({ name, private_key_file: "a" });
    t.match(diagnostics, [{ code: "bad-key-name", pointer: "/name", severity: "error" }]);
  });
}

t.test("no body ends in an error", async () => {
  const values = fc.oneof(
    fc.string(),
    fc.constant(unknown),
    fc.constantFrom("ssh", "x509", "rsa-2048"),
  );
  const keys = ["name", "type", "algorithm", "private_key_file", "public_key", "public_key_file"];
  const bodies = fc.dictionary(fc.constantFrom(...keys), values);
  await fc.assert(fc.asyncProperty(bodies, async (body) => void (await decode(body))));
});
