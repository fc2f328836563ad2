import { generateKeyPairSync } from "node:crypto";
import t from "tap";
import { SPELLINGS } from "./forms.js";
import { keysIn } from "./key-material.js";
import { LEAKS } from "./leaks.js";
import { odd, textSecret } from "./secret.js";
import { SecretIndex } from "./secret-index.js";
import { VIEWS } from "./views.js";

/** Of characters that each alphabet must escape, and whose base64 differs in both alphabets at each alignment. */
const secret = textSecret("a password", "user", `"\\ü>?>?>?ÿ~?${odd("self-test")}`);
const index = new SecretIndex([secret, textSecret("another", "user", odd("another"))]);

/** What a command would have printed around it. */
function around(leak: Buffer): Buffer {
  return Buffer.concat([Buffer.from("Plan: 3 to create\n"), leak, Buffer.from("\n")]);
}

t.test("a leak in each form is found, and told by its form", async (t) => {
  for (const [form, spell] of LEAKS) {
    const found = index.findIn(around(spell(secret)));
    t.ok(
      found.some((it) => it.form === form && it.secret === secret),
      `${form}: ${found.map((it) => it.form)}`,
    );
    t.notOk(found.some((it) => it.secret !== secret));
  }
});

t.test("each form has a leak that shows it", async (t) => {
  const forms = [...SPELLINGS.map(([name]) => name), ...VIEWS];
  t.strictSame([...new Set(LEAKS.map(([form]) => form))].sort(), forms.sort());
});

t.test("what is no secret is none", async (t) => {
  t.strictSame(index.findIn(around(Buffer.from("Cn and % and \\ and H4sI and a password"))), []);
});

/** Private keys as programs write them. */
const KEYS = {
  ed25519: generateKeyPairSync("ed25519").privateKey,
  rsa: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
  ecdsa: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey,
};

for (const [name, key] of Object.entries(KEYS)) {
  t.test(`what makes a key of ${name} is found in its DER, packed at each alignment`, async (t) => {
    const secrets = keysIn(String(key.export({ format: "pem", type: "pkcs8" })), name);
    const parts = secrets.filter((it) => !it.isText);
    t.ok(parts.length > 0);
    const der = key.export({ format: "der", type: "pkcs8" });
    const keys = new SecretIndex(parts);
    for (const shift of [0, 1, 2]) {
      const leak = Buffer.concat([Buffer.alloc(shift), der]).toString("base64");
      const found = new Set(keys.findIn(around(Buffer.from(leak))).map((it) => it.secret));
      t.strictSame(found, new Set(parts));
    }
  });
}
