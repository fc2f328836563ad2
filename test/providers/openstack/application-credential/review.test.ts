import t from "tap";
import type { Address } from "../../../../engine/model/address.js";
import type { Change } from "../../../../engine/model/plan.js";
import type { Resource } from "../../../../engine/model/resource.js";
import type { ResourceInstance } from "../../../../engine/model/state.js";
import type { JsonObject } from "../../../../engine/model/value.js";
import { applicationCredential as type } from "../../../../providers/openstack/application-credential/type.js";
import type { Login, OpenStack } from "../../../../providers/openstack/cloud.js";
import { testRuntime } from "../../../helpers/runtime.js";
import { scriptedKeystone } from "../../../helpers/scripted-keystone.js";

const address: Address = { type: "application_credential", name: "ci" };
const range = {
  file: "ci.yaml",
  start: { line: 1, column: 1 },
  end: { line: 1, column: 2 },
};
const base = { address, reason: "as it is", attributes: [], range };

const instance: ResourceInstance = {
  address,
  provider: "openstack",
  id: "credential-1",
  attributes: { name: "ci", write_to: { env: { path: "ci.env" } } },
  dependencies: [],
  schemaVersion: 1,
  preventDestroy: false,
};

const resource = (config: JsonObject): Resource => ({
  address,
  provider: "openstack",
  config,
  dependsOn: [],
  lifecycle: { preventDestroy: false, ignoreChanges: [] },
  range,
  ranges: new Map(),
});

interface Case {
  readonly expires_at?: string;
  readonly expires_in?: string;
  readonly body?: JsonObject;
  readonly login?: Partial<Login>;
  readonly files?: Record<string, string>;
  readonly previous?: JsonObject;
}

/** The codes and severities of what a planned change of some action would bring up. */
async function review(t: Tap, action: Change["action"], options: Case = {}) {
  const { cloud, runtime: machine } = await scriptedKeystone(t);
  const delivered = `OS_APPLICATION_CREDENTIAL_ID=${instance.id}\n`;
  machine.disk.set("ci.env", new TextEncoder().encode(delivered));
  const body = options.body ?? { write_to: { env: "ci.env" } };
  const runtime = testRuntime(options.files ? { files: options.files } : {});
  const { attributes: desired } = await type.decode(body, { address, runtime });
  const expires_at = options.expires_at ?? null;
  const lifetime = options.expires_in !== undefined && { expires_in: options.expires_in };
  const there = { ...instance, attributes: { ...instance.attributes, ...lifetime, expires_at } };
  const change = changeOf(action, there, resource(body), desired, options.previous);
  const asked: OpenStack = { ...cloud, login: { ...cloud.login, ...options.login } };
  const found = (await type.review?.(asked, { change, unmanaged: [] })) ?? [];
  return found.map((it) => `${it.severity} ${it.code} ${it.pointer}`);
}

type Tap = Parameters<typeof scriptedKeystone>[0];

function changeOf(
  action: Change["action"],
  instance: ResourceInstance,
  declared: Resource,
  desired: Extract<Change, { action: "create" }>["desired"],
  previous: JsonObject | undefined,
): Change {
  switch (action) {
    case "create":
      return {
        ...base,
        action,
        resource: declared,
        desired,
        existing: [],
        ...(previous && { previous }),
      };
    case "update":
    case "replace":
      return { ...base, action, resource: declared, desired, instance };
    case "import": {
      const { id, attributes } = instance;
      const object = { id, name: "ci", attributes };
      return { ...base, action, resource: declared, desired, instance, object };
    }
    case "no-op":
      return { ...base, action, resource: declared, instance };
    default:
      return { ...base, action, instance };
  }
}

const restricted = { applicationCredential: { id: "mine", restricted: true } };
const inUse = { applicationCredential: { id: "credential-1", restricted: false } };

t.test("an ordinary change brings nothing up", async (t) => {
  for (const action of ["create", "delete", "no-op", "forget"] as const) {
    t.strictSame(await review(t, action), [], action);
  }
});

const RENEWED = "warning secret-renewed ";

t.test("a credential made anew takes its secret of before out of use", async (t) => {
  t.strictSame(await review(t, "replace"), [RENEWED]);
  t.strictSame(await review(t, "replace", { expires_at: "2020-01-01T00:00:00Z" }), []);
});

t.test("a restricted log-in may change no credential", async (t) => {
  for (const action of ["create", "replace", "delete"] as const) {
    const [first] = await review(t, action, { login: restricted });
    t.equal(first, "error restricted-login ");
  }
  t.strictSame(await review(t, "no-op", { login: restricted }), []);
});

t.test("the credential that the run is logged in with stays", async (t) => {
  for (const action of ["replace", "delete"] as const) {
    const [first] = await review(t, action, { login: inUse });
    t.equal(first, "error credential-in-use ");
  }
  t.strictSame(await review(t, "no-op", { login: inUse }), []);
});

t.test("roles that the log-in lacks are named before anything is done", async (t) => {
  const body = { roles: ["member", "admin"], write_to: { env: "ci.env" } };
  t.strictSame(await review(t, "create", { body }), ["error wrong-value /roles"]);
  const known = { roles: ["MEMBER", "r1"], write_to: { env: "ci.env" } };
  t.strictSame(await review(t, "create", { body: known }), []);
});

t.test("a place that holds anything else is refused, one's own is not", async (t) => {
  const holding = (id: string) => ({ "ci.env": `OS_APPLICATION_CREDENTIAL_ID=${id}\n` });
  const refused = ["error secret-file-exists /write_to/env"];
  const cases = [
    ["create", { files: { "ci.env": "PRECIOUS=1" } }, refused],
    ["create", { files: holding("other") }, refused],
    ["create", { files: holding("old"), previous: { id: "old" } }, []],
    ["replace", { files: holding("credential-1") }, [RENEWED]],
    ["replace", { files: holding("other") }, [...refused, RENEWED]],
    ["import", { files: holding("credential-1") }, []],
    ["import", { files: holding("other") }, refused],
    ["no-op", { files: { "ci.env": "PRECIOUS=1" } }, []],
  ] as const;
  for (const [action, options, expected] of cases) {
    t.strictSame(
      await review(t, action, options),
      expected,
      `${action} ${JSON.stringify(options)}`,
    );
  }
});

t.test("a secret that is not there is missed only where it is needed", async (t) => {
  const body = { secret: { env: "NO_SUCH" } };
  t.strictSame(await review(t, "create", { body }), ["error secret-missing /secret"]);
  t.strictSame(await review(t, "no-op", { body }), []);
});

t.test("a delivery that was changed afterwards is told not to happen", async (t) => {
  const changed = ["warning delivery-changed /write_to"];
  const cases = [
    [{ env: "ci.env" }, []],
    [{ env: "other.env" }, changed],
    [{ env: "ci.env", json: "ci.json" }, changed],
  ] as const;
  for (const [write_to, expected] of cases) {
    t.strictSame(await review(t, "no-op", { body: { write_to } }), expected);
  }
});

t.test("an end within two weeks is told in time", async (t) => {
  const soon = ["warning expires-soon /expires_at"];
  t.strictSame(await review(t, "no-op", { expires_at: "2026-12-07T12:00:00Z" }), soon);
  t.strictSame(await review(t, "no-op", { expires_at: "2026-12-07T12:00:01Z" }), []);
});

t.test("of a short life the last fifth is told", async (t) => {
  const expires_in = "10h";
  const review10h = (expires_at: string) => review(t, "no-op", { expires_at, expires_in });
  t.strictSame(await review10h("2026-11-23T14:00:00Z"), ["warning expires-soon /expires_at"]);
  t.strictSame(await review10h("2026-11-23T14:00:01Z"), []);
});
