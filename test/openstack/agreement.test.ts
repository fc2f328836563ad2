import t, { type Test } from "tap";
import { isObject } from "../../engine/model/value.js";
import { ICMP, ICMP_V6, protocolName } from "../../providers/openstack/security-group/protocol.js";
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
    t.match(found, {
      Name: credential.name,
      "Project ID": credential.project_id,
      Description: credential.description === "" ? null : credential.description,
    });
    const expires = String(found?.["Expires At"]).replace(/\.000000$/u, "Z");
    t.equal(expires, credential.expires_at);
  }
}

async function groupAgrees(t: Test, { env }: AcceptanceCloud, group: Row) {
  const listed = rowsOf(
    await openstack(env, ["security", "group", "rule", "list", "--long", String(group.id)]),
  );
  const theirs = listed.map(({ ID: _id, ...it }) => it);
  const rules = isObject(group.rules) ? Object.values(group.rules).filter(isObject) : [];
  t.strictSame(
    inOrder(theirs),
    inOrder(rules.map((it) => asListed(it, group.id))),
    `the rules of ${String(group.name)}`,
  );
}

/** A rule as the client prints it: no prefix is the family's whole world, and type or code 0 is left out. */
function asListed(rule: Row, id: unknown): Row {
  const { protocol, port_range_min: first, port_range_max: last } = rule;
  const isIcmp = protocol === ICMP || protocol === ICMP_V6;
  const icmp = `${first ? `type=${String(first)}` : ""}${last ? `:code=${String(last)}` : ""}`;
  const ports = first === null ? "" : `${String(first)}:${String(last)}`;
  return {
    "IP Protocol": typeof protocol === "number" ? protocolName(protocol) : null,
    Ethertype: rule.ethertype,
    "IP Range": rule.remote_ip_prefix ?? (rule.ethertype === "IPv6" ? "::/0" : "0.0.0.0/0"),
    "Port Range": isIcmp ? icmp : ports,
    Direction: rule.direction,
    "Remote Security Group": rule.remote_group_id === "self" ? id : (rule.remote_group_id ?? null),
    "Remote Address Group": rule.remote_address_group_id ?? null,
  };
}

function inOrder(rows: readonly Row[]): readonly string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
}

function rowsOf(value: unknown): readonly Row[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
