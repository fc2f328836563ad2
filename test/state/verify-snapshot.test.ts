import t from "tap";
import {
  emptySnapshot,
  type Intent,
  type ResourceInstance,
  type Snapshot,
} from "../../engine/model/state.js";
import type { JsonObject } from "../../engine/model/value.js";
import { providers } from "../../providers/registry.js";
import { verifySnapshot } from "../../state/verify-snapshot.js";
import { ED25519 } from "../providers/openstack/key-pair/samples.js";

const RULE = "ingress ipv4 6 22-22 203.0.113.0/24";

/** One instance of each type, as it is remembered. */
const SOUND: Readonly<Record<string, JsonObject>> = {
  security_group: {
    id: "1",
    name: "web",
    description: "",
    stateful: true,
    tags: ["a", "b"],
    rules: {
      [RULE]: {
        direction: "ingress",
        ethertype: "IPv4",
        protocol: 6,
        port_range_min: 22,
        port_range_max: 22,
        remote_ip_prefix: "203.0.113.0/24",
        description: "",
      },
    },
    default_egress_rules: {},
  },
  address_group: {
    id: "2",
    name: "offices",
    description: "",
    addresses: { "203.0.113.0/24": "203.0.113.0/24" },
  },
  key_pair: {
    id: "deploy",
    name: "deploy",
    type: "ssh",
    algorithm: ED25519.algorithm,
    public_key: ED25519.text,
    fingerprint: ED25519.fingerprint,
    fingerprint_sha256: ED25519.fingerprintSha256,
    private_key_file: "deploy.pem",
    generated_public_key: ED25519.text,
  },
  application_credential: {
    id: "4",
    name: "ci",
    description: "",
    expires_at: "2030-01-01T00:00:00Z",
    expires_in: "90d",
    roles: { member: "member" },
    requested_roles: ["member", "reader"],
    unrestricted: false,
    access_rules: {},
    project_id: "p",
    write_to: { env: { path: "ci.env" } },
  },
};

function instance(type: string, more: Partial<ResourceInstance> = {}): ResourceInstance {
  const attributes = SOUND[type] ?? {};
  return {
    address: { type, name: "it" },
    provider: "openstack",
    id: String(attributes.id),
    attributes,
    dependencies: [],
    schemaVersion: 1,
    preventDestroy: false,
    ...more,
  };
}

const BEGUN: Intent = {
  address: { type: "key_pair", name: "gone" },
  action: "create",
  startedAt: "2026-11-23T12:00:00Z",
  run: "run",
  name: "gone",
  existing: [],
};

const snapshot: Snapshot = {
  ...emptySnapshot("lineage"),
  serial: 1,
  cloud: {
    name: "here",
    authUrl: "https://keystone.example.com/v3",
    project: { id: "p", name: "project" },
    user: { id: "u", name: "user" },
  },
  instances: Object.keys(SOUND).map((type) => instance(type)),
};

/** The steps that fail, and what they say. */
function flawsOf(changed: Partial<Snapshot>): readonly (readonly [string, string])[] {
  return verifySnapshot({ ...snapshot, ...changed }, providers)
    .filter(({ status }) => status === "failed")
    .map(({ step, summary }) => [step, summary]);
}

t.test("a sound state has no flaws", async (t) => t.strictSame(flawsOf({}), []));

t.test("it is known which state it is, and of which cloud", async (t) => {
  t.strictSame(flawsOf({ lineage: "" }), [["identity", "it has no lineage"]]);
  t.strictSame(flawsOf({ serial: 0 }), [["identity", "its serial is 0"]]);
  const { cloud: _, ...nowhere } = snapshot;
  t.match(verifySnapshot(nowhere, providers)[0], { step: "identity", status: "warning" });
  const empty = verifySnapshot({ ...nowhere, instances: [] }, providers);
  t.match(empty[0], { status: "ok" }, "where nothing was made yet, there is no cloud");
});

t.test("ids are there, and one thing is one instance", async (t) => {
  const [it] = snapshot.instances;
  if (!it) return;
  const attributes = { ...it.attributes, id: "" };
  t.strictSame(flawsOf({ instances: [{ ...it, id: "", attributes }] }), [
    ["ids", "security_group.it has none"],
  ]);
  const twin = { ...it, address: { type: "security_group", name: "twin" } };
  t.strictSame(flawsOf({ instances: [it, twin] }), [
    ["ids", "security_group.it and security_group.twin are both 1"],
  ]);
  t.strictSame(flawsOf({ instances: [{ ...it, id: "7" }] }), [
    ["attributes", "security_group.it: its id is not that of its attributes"],
  ]);
});

t.test("a dependency on what could not be made, or was removed since, is no fault", async (t) => {
  const instances = [instance("security_group", { dependencies: [BEGUN.address] })];
  t.strictSame(flawsOf({ instances }), []);
});

/** By type, edits of the attributes that leave them in a form that nothing writes. */
const SPOILED: Readonly<Record<string, readonly JsonObject[]>> = {
  security_group: [
    { name: 7 },
    { description: null },
    { stateful: "yes" },
    { tags: ["b", "a"] },
    { rules: { ssh: { direction: "ingress", ethertype: "IPv4" } } },
    { rules: { "ingress ipv4 tcp any anywhere": anyOf("tcp") } },
    { rules: { [RULE]: { direction: "ingress" } } },
    { default_egress_rules: { all: {} } },
    { default_egress: true },
  ],
  address_group: [
    { name: null },
    { description: 1 },
    { addresses: { "203.0.113.7/24": "203.0.113.7/24" } },
    { addresses: { "203.0.113.0/24": "198.51.100.0/24" } },
    { addresses: ["203.0.113.0/24"] },
  ],
  key_pair: [
    { type: "rsa" },
    { algorithm: "rsa-4096" },
    { public_key: `${ED25519.text} with a comment` },
    { fingerprint: "aa:bb" },
    { fingerprint_sha256: "SHA256:x" },
    { generated_public_key: "something else  " },
    { delivered: true },
    { comment: "mine" },
    { private_key_problem: "is there already" },
  ],
  application_credential: [
    { name: [] },
    { description: null },
    { expires_at: "2030-01-01" },
    { expires_in: "2160h" },
    { roles: ["member"] },
    { roles: { member: "reader" } },
    { requested_roles: ["reader", "member"] },
    { unrestricted: "no" },
    { access_rules: { any: { method: "GET", service: "compute", path: "/" } } },
    { project_id: 7 },
    { secret: "a secret" },
    { secret_fingerprint: null },
    { write_to: { env: "ci.env" } },
    { write_to: { floppy: { path: "a:" } } },
    { sealed: { env: 7 } },
    { occupied: {} },
  ],
};

function anyOf(protocol: string): JsonObject {
  return {
    direction: "ingress",
    ethertype: "IPv4",
    protocol,
    port_range_min: null,
    port_range_max: null,
    description: "",
  };
}

t.test("the attributes of each kind are whole, known, and in canonical form", async (t) => {
  for (const type of providers.flatMap((it) => it.types)) {
    const sound = instance(type.name);
    const spoiled = SPOILED[type.name] ?? [];
    const remembered = Object.keys(sound.attributes).filter((it) => it !== "id");
    for (const edit of spoiled) {
      const [name = ""] = Object.keys(edit);
      const attributes = { ...sound.attributes, ...edit };
      t.match(
        flawsOf({ instances: [{ ...sound, attributes }] }),
        [["attributes", new RegExp(`^${type.name}\\.it: not in canonical form: .*${name}`, "u")]],
        JSON.stringify(edit),
      );
    }
    for (const { name } of remembered.map((it) => ({ name: it }))) {
      if (spoiled.some((it) => name in it)) continue;
      t.match(name, /^(?:name|private_key_file)$/u, `${type.name} has no spoiled ${name}`);
    }
  }
  const [sound] = snapshot.instances;
  if (!sound) return;
  const flaws = (more: Partial<ResourceInstance>) =>
    flawsOf({ instances: [{ ...sound, ...more }] });
  const { name: _, ...nameless } = sound.attributes;
  t.match(flaws({ attributes: nameless }), [["attributes", /not in canonical form: name/u]]);
  t.match(flaws({ attributes: { ...sound.attributes, colour: "red" } }), [
    ["attributes", /it has no attribute colour/u],
  ]);
  t.match(flaws({ schemaVersion: 2 }), [["attributes", /version 2, not 1/u]]);
  t.match(flaws({ provider: "aws" }), [["attributes", /knows no security_group of aws/u]]);
});

t.test("no secret is in it", async (t) => {
  const pem = `-----BEGIN PRIVATE KEY-----\n${"MC4CAQAwBQYDK2VwBCIEIA".repeat(3)}\n-----END PRIVATE KEY-----\n`;
  const [sound] = snapshot.instances;
  if (!sound) return;
  const attributes = { ...sound.attributes, description: pem };
  t.match(flawsOf({ instances: [{ ...sound, attributes }] }), [
    ["secrets", /^security_group\.it/u],
  ]);
  t.match(flawsOf({ outputs: { key: pem } }), [["secrets", /^outputs has/u]]);
  t.match(flawsOf({ pending: [{ ...BEGUN, delivery: { private_key_file: pem } }] }), [
    ["secrets", /^key_pair\.gone has/u],
  ]);
});
