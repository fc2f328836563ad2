import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import t from "tap";
import {
  ALGORITHMS,
  GENERATED,
  type KeyPairType,
  recipeOf,
} from "../../../../providers/openstack/key-pair/algorithm.js";
import {
  type GeneratedKey,
  generateKey,
} from "../../../../providers/openstack/key-pair/generate.js";
import { readHeldKey } from "../../../../providers/openstack/key-pair/private-key-file.js";
import { testRuntime } from "../../../helpers/runtime.js";

const USER = "0123456789abcdef0123456789abcdef";

async function generate(type: KeyPairType, algorithm: string): Promise<GeneratedKey> {
  const recipe = recipeOf(algorithm);
  if (!recipe) throw new TypeError(algorithm);
  return generateKey({ type, recipe, comment: "web", userId: USER, runtime: testRuntime() });
}

/** The file of a generated key, in a folder of the test. */
function write(folder: string, key: GeneratedKey): string {
  const path = join(folder, "key");
  writeFileSync(path, String(key.file.reveal()));
  chmodSync(path, 0o600);
  return path;
}

function run(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: "utf8" });
}

/** Why a test is left out, where a program that it needs is not there. */
function without(program: string): string | false {
  const { error } = spawnSync(program, ["-?"]);
  return error ? `no ${program} here` : false;
}

const noSshKeygen = without("ssh-keygen");
const noOpenssl = without("openssl");

for (const algorithm of GENERATED.ssh) {
  t.test(
    `ssh-keygen reads the ${algorithm} key that is generated`,
    { skip: noSshKeygen },
    async (t) => {
      const key = await generate("ssh", algorithm);
      t.equal(key.publicKey.algorithm, algorithm);
      const path = write(t.testdir(), key);
      const line = run("ssh-keygen", "-y", "-P", "", "-f", path);
      t.equal(line.trim().split(" ").slice(0, 2).join(" "), key.publicKey.text);
      t.match(run("ssh-keygen", "-l", "-f", path), key.publicKey.fingerprintSha256);
      t.match(
        run("ssh-keygen", "-l", "-E", "md5", "-f", path),
        `MD5:${key.publicKey.fingerprint} `,
      );
    },
  );
}

for (const algorithm of GENERATED.x509) {
  t.test(
    `openssl reads the ${algorithm} certificate that is generated`,
    { skip: noOpenssl },
    async (t) => {
      const key = await generate("x509", algorithm);
      t.equal(key.publicKey.algorithm, algorithm);
      const path = write(t.testdir(), key);
      const text = run("openssl", "x509", "-in", path, "-noout", "-text", "-fingerprint", "-sha1");
      t.match(text.toLowerCase(), `fingerprint=${key.publicKey.fingerprint}`);
      t.match(text, /Subject: CN ?= ?0123456789abcdef0123456789abcdef\n/u);
      t.match(text, "TLS Web Client Authentication");
      t.match(text, /Not After : Nov 20 12:00:00 2036 GMT/u);
      const at = String(Date.parse("2030-01-01T00:00:00Z") / 1000);
      const verified = run(
        "openssl",
        "verify",
        "-purpose",
        "sslclient",
        "-attime",
        at,
        "-CAfile",
        path,
        path,
      );
      t.match(verified, /: OK\n$/u);
      t.equal(
        run("openssl", "pkey", "-in", path, "-pubout"),
        run("openssl", "x509", "-in", path, "-noout", "-pubkey"),
      );
    },
  );
}

t.test("what is generated is read back from its file, and never printed", async (t) => {
  const cheap = ALGORITHMS.filter((it) => !it.startsWith("rsa"));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...cheap), async (algorithm) => {
      const key = await generate("ssh", algorithm);
      const { files } = testRuntime({ files: { key: String(key.file.reveal()) } });
      const held = await readHeldKey(files, "key", { type: "ssh", algorithm });
      t.strictSame(held, { kind: "key", publicKey: key.publicKey });
      t.notMatch(JSON.stringify(key), "PRIVATE");
    }),
    { numRuns: 40 },
  );
});
