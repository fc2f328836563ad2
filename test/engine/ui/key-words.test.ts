import t from "tap";
import { inKeyWords, withPrivateKey } from "../../../engine/ui/key-words.js";
import { added, changed } from "../../helpers/plans.js";

const GENERATED = [
  added("type", "ssh"),
  added("algorithm", "ed25519"),
  added("name", "ada"),
  added("private_key_file", "ada.pem"),
];
const KNOWN = [added("public_key", "ssh-ed25519 AAAA"), added("fingerprint_sha256", "SHA256:x")];

const CASES = [
  ["a generated key", GENERATED, "private key goes to ada.pem (new, ed25519)"],
  [
    "a key that its file has already",
    [...GENERATED, ...KNOWN],
    "private key is the one in ada.pem (ed25519)",
  ],
  [
    "an imported key",
    [added("name", "ada"), added("algorithm", "rsa-4096"), ...KNOWN],
    "public key SHA256:x (rsa-4096)",
  ],
  [
    "a certificate",
    [
      added("name", "ada"),
      added("type", "x509"),
      added("algorithm", "rsa-2048"),
      added("fingerprint", "aa:bb"),
    ],
    "public key aa:bb (x509 rsa-2048)",
  ],
] as const;

for (const [name, attributes, label] of CASES)
  t.test(`${name} is told in one sentence`, async (t) => {
    t.strictSame(inKeyWords(attributes), [
      added("name", "ada"),
      { path: ["private_key_file"], kind: "add", label },
    ]);
  });

t.test("what is no key stays as it is", async (t) => {
  const attributes = [added("description", "web servers"), added("type", "other")];
  t.strictSame(inKeyWords(attributes), attributes);
});

t.test("of a key pair made anew the place of the private key is told", (t) => {
  const differs = [changed("algorithm", "rsa-4096", "ed25519")];
  const desired = { type: "ssh", algorithm: "ed25519", private_key_file: "ada.pem" };
  t.strictSame(withPrivateKey(differs, desired), [
    ...differs,
    {
      path: ["private_key_file"],
      kind: "add",
      label: "private key goes to ada.pem (new, ed25519)",
    },
  ]);
  t.strictSame(withPrivateKey(differs, { name: "web" }), differs);
  t.end();
});
