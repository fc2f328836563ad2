import t, { type Test } from "tap";
import { isObject } from "../../engine/model/value.js";
import type { AcceptanceCloud } from "../acceptance/cloud.js";
import { runCli } from "../helpers/cli.js";
import { copyOfExample, EXAMPLE_NAMES } from "../helpers/example.js";
import { openstack, startLabCloud } from "../helpers/lab-cloud.js";

type Row = Readonly<Record<string, unknown>>;

const lab = await startLabCloud(t);

if ("skipped" in lab) t.test("the real OpenStack", { skip: lab.skipped }, async () => {});
else {
  for (const name of EXAMPLE_NAMES) {
    t.test(`${name}: the openstack client and show --json agree`, (t) => agree(t, name, lab));
  }
}

async function agree(t: Test, name: string, cloud: AcceptanceCloud): Promise<void> {
  const cwd = copyOfExample(t, name);
  const run = (...argv: readonly string[]) => runCli(argv, { cwd, env: cloud.env });
  t.equal((await run("apply", "--auto-approve", ...cloud.options)).code, 0);
  try {
    const shown: unknown = JSON.parse((await run("show", "--json")).stdout);
    const resources = rowsOf(isObject(shown) ? shown.resources : []);
    const attributes = (type: string) =>
      resources.filter((it) => it.type === type).map((it) => it.attributes as Row);
    await keyPairsAgree(t, cloud, attributes("key_pair"));
    await credentialsAgree(t, cloud, attributes("application_credential"));
    for (const group of attributes("security_group")) await groupAgrees(t, cloud, group);
  } finally {
    t.equal((await run("destroy", "--auto-approve", ...cloud.options)).code, 0);
  }
}

async function keyPairsAgree(t: Test, { env }: AcceptanceCloud, ours: readonly Row[]) {
  if (ours.length === 0) return;
  const listed = rowsOf(await openstack(env, ["keypair", "list"]));
  for (const key of ours) {
    const found = listed.find((it) => it.Name === key.name);
    t.strictSame(found, { Name: key.name, Fingerprint: key.fingerprint, Type: key.type });
  }
}

async function credentialsAgree(t: Test, { env }: AcceptanceCloud, ours: readonly Row[]) {
  if (ours.length === 0) return;
  const listed = rowsOf(await openstack(env, ["application", "credential", "list"]));
  for (const credential of ours) {
    const found = listed.find((it) => it.ID === credential.id);
    t.equal(found?.Name, credential.name);
    const expires = String(found?.["Expires At"]).replace(/\.000000$/u, "Z");
    t.equal(expires, credential.expires_at);
  }
}

async function groupAgrees(t: Test, { env }: AcceptanceCloud, group: Row) {
  const listed = rowsOf(
    await openstack(env, ["security", "group", "rule", "list", "--long", String(group.id)]),
  );
  const theirs = listed.map((it) => [
    it.Direction,
    it.Ethertype,
    it["IP Protocol"] ?? null,
    it["Port Range"],
    it["Remote Security Group"] ?? null,
  ]);
  const rules = isObject(group.rules) ? Object.values(group.rules).filter(isObject) : [];
  t.equal(theirs.length, rules.length, `as many rules of ${group.name}`);
  const directions = (of: readonly unknown[]) => of.map(String).sort();
  t.strictSame(
    directions(theirs.map(([direction, ethertype]) => `${direction} ${ethertype}`)),
    directions(rules.map((it) => `${it.direction} ${it.ethertype}`)),
  );
}

function rowsOf(value: unknown): readonly Row[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
