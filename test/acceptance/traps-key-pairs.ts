import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Test } from "tap";
import { isObject } from "../../engine/model/value.js";
import { listOf, type RawSession } from "../helpers/raw-client.js";
import type { StartCloud } from "./cloud.js";
import { otherBench, partOf, saidBy, trapBench } from "./trap-bench.js";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOAU8tiNB4nb4ja513zEbX+5s+Zjh+uipL7bYQHLLPta";
const NEW = { "openstack-api-version": "compute 2.92" };
const DECLARED = (...keys: readonly string[]) =>
  `resources:\n  key_pair:\n${keys.map((key) => `    ${key}\n`).join("")}`;

const keysOf = (raw: RawSession) => `${raw.compute}/os-keypairs`;
const post = (raw: RawSession, keypair: object) => raw.ask("POST", keysOf(raw), { keypair }, NEW);

/** A key pair as Nova tells it. */
async function shown(raw: RawSession, name: string, headers = NEW) {
  const found = partOf(
    await raw.ask("GET", `${keysOf(raw)}/${name}`, undefined, headers),
    "keypair",
  );
  return isObject(found) ? found : {};
}

/** What Nova surprises with. */
export function keyPairTraps(t: Test, start: StartCloud): void {
  changeTraps(t, start);
  textTraps(t, start);
  nameTraps(t, start);
  quotaTraps(t, start);
}

function changeTraps(t: Test, start: StartCloud): void {
  t.test("another key is made in the place of the old, as none can be changed", async (t) => {
    const { bench, raw } = await trapBench(t, start);
    bench.declare(DECLARED("trap-key: { private_key_file: one.pem }"));
    await bench.apply();
    const before = await shown(raw, "trap-key");
    t.equal((await raw.ask("PUT", `${keysOf(raw)}/trap-key`, {}, NEW)).status, 404);
    t.equal((await post(raw, { name: "trap-generated" })).status, 400, "nor generates Nova one");
    bench.declare(DECLARED("trap-key: { algorithm: ecdsa-p256, private_key_file: two.pem }"));
    t.match(saidBy(await bench.run("plan")), /1 to replace/u);
    await bench.apply();
    await bench.planIsEmpty();
    const after = await shown(raw, "trap-key");
    t.match([before.public_key, after.public_key], [/^ssh-ed25519 /u, /^ecdsa-sha2-nistp256 /u]);
    t.match(readFileSync(join(bench.cwd, "two.pem"), "utf8"), "PRIVATE KEY");
    const empty = await raw.ask("GET", `${keysOf(raw)}?limit=0`, undefined, NEW);
    t.strictSame(
      empty.body,
      { keypairs: [] },
      "a page of size 0 has nothing, yet the plan is empty",
    );
  });

  t.test("types and fingerprints are Nova's, whatever its version tells", async (t) => {
    const { bench, raw } = await trapBench(t, start);
    bench.declare(
      DECLARED(
        "trap-ssh: { private_key_file: ssh.pem }",
        "trap-cert: { type: x509, private_key_file: cert.pem }",
      ),
    );
    await bench.apply();
    await bench.planIsEmpty();
    const old = await shown(raw, "trap-cert", { "openstack-api-version": "compute 2.1" });
    t.equal(old.type, undefined, "an old version tells no type");
    const state: unknown = JSON.parse(
      readFileSync(join(bench.cwd, "portcullis.state.json"), "utf8"),
    );
    const instances = listOf(isObject(state) ? state : {}, "instances");
    const kept = instances.flatMap((it) => (isObject(it.attributes) ? [it.attributes] : []));
    for (const name of ["trap-ssh", "trap-cert"]) {
      const { type, fingerprint } = await shown(raw, name);
      const ours = kept.find((it) => it.name === name);
      t.strictSame([ours?.type, ours?.fingerprint], [type, fingerprint], name);
    }
  });
}

function textTraps(t: Test, start: StartCloud): void {
  t.test("a key is sent clean, and is the same in whatever form another sent it", async (t) => {
    const { bench, cloud, raw } = await trapBench(t, start);
    const refused = await post(raw, { name: "trap-text", public_key: ` ${KEY}` });
    t.equal(refused.status, 400, "Nova takes no blank before a key");
    writeFileSync(join(bench.cwd, "key.pub"), ` \t${KEY}  somebody@somewhere \r\n`);
    bench.declare(DECLARED("trap-text: { public_key_file: key.pub }"));
    await bench.apply();
    t.equal((await shown(raw, "trap-text")).public_key, `${KEY} somebody@somewhere`);
    await cloud.hand.deleteKeyPair("trap-text");
    const text = `${KEY} another words\n`;
    t.equal((await post(raw, { name: "trap-text", public_key: text })).status, 201);
    t.equal((await shown(raw, "trap-text")).public_key, text, "it comes back byte by byte");
    await bench.planIsEmpty();
  });
}

function nameTraps(t: Test, start: StartCloud): void {
  t.test("a name that differs from a taken one in case only is refused by the plan", async (t) => {
    const { bench, cloud, raw } = await trapBench(t, start);
    t.teardown(() => cloud.hand.deleteKeyPair("trap-case").catch(() => {}));
    t.equal((await post(raw, { name: "trap-case", public_key: KEY })).status, 201);
    t.equal((await post(raw, { name: "TRAP-case", public_key: KEY })).status, 409);
    t.equal((await shown(raw, "TRAP-CASE")).name, "trap-case", "to the database it is the same");
    bench.declare(DECLARED("TRAP-Case: { private_key_file: one.pem }"));
    const taken = await bench.run("plan");
    t.equal(taken.code, 1);
    t.match(saidBy(taken), "key pair trap-case already, which differs in case only");
    bench.declare(
      DECLARED("trap-one: { private_key_file: a.pem }", "TRAP-ONE: { private_key_file: b.pem }"),
    );
    const double = await bench.run("plan");
    t.equal(double.code, 1);
    t.match(saidBy(double), "duplicate-name");
  });
}

function quotaTraps(t: Test, start: StartCloud): void {
  t.test("the quota of key pairs counts for the user, and the plan says so", async (t) => {
    const { cloud } = await trapBench(t, start);
    const [raw, admin] = [await cloud.as("demo2"), await cloud.as("admin")];
    const used = listOf(await raw.send("GET", keysOf(raw)), "keypairs").length;
    const quotas = `${admin.compute}/os-quota-sets/${raw.project}`;
    const bench = await otherBench(t, cloud);
    t.teardown(() => admin.ask("DELETE", quotas));
    await admin.send("PUT", quotas, { quota_set: { key_pairs: used + 1 } });
    const keys = ["a", "b"].map((it) => `trap-q${it}: { private_key_file: ${it}.pem }`);
    bench.declare(DECLARED(...keys));
    for (const command of [["plan"], ["apply", "--auto-approve"]]) {
      const refused = await bench.run(...command);
      t.equal(refused.code, 1);
      t.match(saidBy(refused), `the plan needs 2 key pairs, and 1 of ${used + 1} are left`);
    }
    t.equal(listOf(await raw.send("GET", keysOf(raw)), "keypairs").length, used);
  });
}
