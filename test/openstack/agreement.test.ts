import t, { type Test } from "tap";
import { isObject } from "../../engine/model/value.js";
import { ICMP, ICMP_V6, protocolName } from "../../providers/openstack/security-group/protocol.js";
import type { AcceptanceCloud } from "../acceptance/cloud.js";
import { runCli } from "../helpers/cli.js";
import { copyOfExample, EXAMPLE_NAMES } from "../helpers/example.js";
import { openstack, startLabCloud } from "../helpers/lab-cloud.js";

type Row = Readonly<Record<string, unknown>>;

/** What the client listed before anything was made: names of key pairs, ids of credentials. */
interface Before {
  readonly keyPairs: ReadonlySet<unknown>;
  readonly credentials: ReadonlySet<unknown>;
}

const lab = await startLabCloud(t);

if ("skipped" in lab) t.test("the real OpenStack", { skip: lab.skipped }, async () => {});
else {
  const before: Before = {
    keyPairs: new Set((await keyPairsListed(lab)).map((it) => it.Name)),
    credentials: new Set((await credentialsListed(lab)).map((it) => it.ID)),
  };
  for (const name of EXAMPLE_NAMES) {
    t.test(`${name}: the openstack client and show --json agree`, (t) =>
      agree(t, name, lab, before),
    );
  }
}

async function agree(t: Test, name: string, cloud: AcceptanceCloud, before: Before): Promise<void> {
  const cwd = copyOfExample(t, name);
  const run = (...argv: readonly string[]) => runCli(argv, { cwd, env: cloud.env });
  t.equal((await run("apply", "--auto-approve", ...cloud.options)).code, 0);
  try {
    const shown: unknown = JSON.parse((await run("show", "--json")).stdout);
    const resources = rowsOf(isObject(shown) ? shown.resources : []);
    const attributes = (type: string) =>
      resources.filter((it) => it.type === type).map((it) => it.attributes as Row);
    await keyPairsAgree(t, cloud, attributes("key_pair"), before);
    await credentialsAgree(t, cloud, attributes("application_credential"), before);
    for (const group of attributes("security_group")) await groupAgrees(t, cloud, group);
  } finally {
    t.equal((await run("destroy", "--auto-approve", ...cloud.options)).code, 0);
  }
}

async function keyPairsListed({ env }: AcceptanceCloud): Promise<readonly Row[]> {
  return rowsOf(await openstack(env, ["keypair", "list"]));
}

async function credentialsListed({ env }: AcceptanceCloud): Promise<readonly Row[]> {
  return rowsOf(await openstack(env, ["application", "credential", "list"]));
}

async function keyPairsAgree(
  t: Test,
  cloud: AcceptanceCloud,
  ours: readonly Row[],
  { keyPairs: before }: Before,
) {
  const listed = await keyPairsListed(cloud);
  const known = new Set(ours.map((it) => it.name));
  const more = listed.filter((it) => !before.has(it.Name) && !known.has(it.Name));
  t.strictSame(more, [], "the client lists no other key pair");
  for (const key of ours) {
    const found = listed.find((it) => it.Name === key.name);
    t.strictSame(found, { Name: key.name, Fingerprint: key.fingerprint, Type: key.type });
  }
}

async function credentialsAgree(
  t: Test,
  cloud: AcceptanceCloud,
  ours: readonly Row[],
  { credentials: before }: Before,
) {
  const listed = await credentialsListed(cloud);
  const known = new Set(ours.map((it) => it.id));
  const more = listed.filter((it) => !before.has(it.ID) && !known.has(it.ID));
  t.strictSame(more, [], "the client lists no other credential");
  for (const credential of ours) {
    const found = listed.find((it) => it.ID === credential.id);
    t.match(found, {
      Name: credential.name,
      "Project ID": credential.project_id,
      Description: credential.description === "" ? null : credential.description,
    });
    const expires = String(found?.["Expires At"]).replace(/\.000000$/u, "Z");
    t.equal(expires, credential.expires_at);
    await allowsTheSame(t, cloud, credential);
  }
}

/** Older clients list neither roles nor restriction; all of them show both, the roles' names in one text. */
async function allowsTheSame(t: Test, { env }: AcceptanceCloud, credential: Row) {
  const id = String(credential.id);
  const shown = await openstack(env, ["application", "credential", "show", id]);
  const { roles, unrestricted } = isObject(shown) ? shown : {};
  const ours = isObject(credential.roles) ? Object.keys(credential.roles) : [];
  t.strictSame(String(roles).split(" ").sort(), [...ours].sort(), "its roles");
  t.equal(unrestricted ?? false, credential.unrestricted, "whether it is restricted");
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
