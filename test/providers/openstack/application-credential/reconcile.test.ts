import t from "tap";
import type { Address } from "../../../../engine/model/address.js";
import { type JsonObject, Unknown, type ValueObject } from "../../../../engine/model/value.js";
import {
  fingerprint,
  fingerprintBeside,
  SALT_BYTES,
} from "../../../../providers/openstack/application-credential/fingerprint.js";
import { applicationCredential as type } from "../../../../providers/openstack/application-credential/type.js";
import { testRuntime } from "../../../helpers/runtime.js";

const address: Address = { type: "application_credential", name: "ci" };
const runtime = testRuntime({ env: { SECRET: "given", OTHER: "another" } });
const write_to = { env: "ci.env" };

const existing: JsonObject = {
  id: "credential-1",
  name: "ci",
  description: "",
  expires_at: "2027-02-21T12:00:00Z",
  expires_in: "90d",
  roles: { member: "member", reader: "reader" },
  requested_roles: ["member"],
  unrestricted: false,
  access_rules: {},
  project_id: "p1",
  write_to: { env: { path: "ci.env" } },
};

/** What would differ between what exists and a declaration. */
async function differences(body: ValueObject, there: JsonObject = existing) {
  const { attributes } = await type.decode(body, { address, runtime });
  const desired = type.reconcile?.(attributes, there) ?? attributes;
  return Object.keys(desired)
    .filter((key) => !type.attributes[key]?.createOnly)
    .filter((key) => JSON.stringify(desired[key]) !== JSON.stringify(there[key]));
}

t.test("what was decided when it was made makes no difference", async (t) => {
  const cases: readonly (readonly [ValueObject, readonly string[]])[] = [
    [{ roles: ["member"], expires_at: { in: "90d" }, write_to }, []],
    [{ roles: ["member"], expires_at: { in: "2160h" }, write_to }, []],
    [{ roles: ["member"], expires_at: "2027-02-21T14:00:00+02:00", write_to }, []],
    [{ roles: ["reader", "member"], expires_at: { in: "90d" }, write_to }, []],
    [{ roles: ["member"], expires_at: { in: "90d" }, write_to: { json: "new" } }, []],
    [{ roles: ["member"], expires_at: { in: "30d" }, write_to }, ["expires_in"]],
    [{ roles: ["member"], write_to }, ["expires_at"]],
    [{ roles: ["reader"], expires_at: { in: "90d" }, write_to }, ["roles"]],
    [{ expires_at: { in: "90d" }, write_to }, ["roles"]],
    [
      { roles: ["member"], expires_at: { in: "90d" }, write_to, description: "new" },
      ["description"],
    ],
    [
      { roles: ["member"], expires_at: { in: "90d" }, write_to, secret: { env: "SECRET" } },
      ["secret_fingerprint"],
    ],
  ];
  for (const [body, expected] of cases) {
    t.strictSame(await differences(body), expected, JSON.stringify(body));
  }
});

t.test("all of the log-in's roles stay those that it had", async (t) => {
  const there = { ...existing, requested_roles: null };
  t.strictSame(await differences({ expires_at: { in: "90d" }, write_to }, there), []);
});

t.test("a given secret differs exactly when it is another", async (t) => {
  const secret_fingerprint = fingerprint("given", runtime.random.bytes(SALT_BYTES));
  const there: JsonObject = { ...existing, secret_fingerprint, requested_roles: null };
  const body = { expires_at: { in: "90d" }, write_to };
  t.strictSame(await differences({ ...body, secret: { env: "SECRET" } }, there), []);
  t.strictSame(await differences({ ...body, secret: { env: "ABSENT" } }, there), []);
  const changed = ["secret_fingerprint"];
  t.strictSame(await differences({ ...body, secret: { env: "OTHER" } }, there), changed);
  t.strictSame(await differences(body, there), changed);
});

t.test("an undelivered secret is a difference that does not make it anew", async (t) => {
  const there = { ...existing, requested_roles: null, write_to: {} };
  t.strictSame(await differences({ expires_at: { in: "90d" }, write_to }, there), ["write_to"]);
  t.notOk(type.attributes.write_to?.forcesReplacement);
});

t.test("dropping the list of roles asks for all, which only the log-in knows", async (t) => {
  const { attributes } = await type.decode({ write_to }, { address, runtime });
  t.ok(type.reconcile?.(attributes, existing).roles instanceof Unknown);
});

t.test("an expired credential is obsolete", async (t) => {
  const at = (time: string) => type.obsolete?.(existing, new Date(time));
  t.equal(at("2027-02-21T11:59:59Z"), undefined);
  t.equal(at("2027-02-21T12:00:00Z"), "it expired at 2027-02-21T12:00:00Z");
  t.equal(type.obsolete?.({ ...existing, expires_at: null }, new Date("2999-01-01")), undefined);
});

t.test("a fingerprint tells secrets apart and does not tell them", async (t) => {
  const one = fingerprint("given", new Uint8Array(SALT_BYTES));
  t.equal(fingerprintBeside("given", one, "id"), one);
  t.not(fingerprintBeside("other", one, "id"), one);
  t.not(fingerprint("given", new Uint8Array(SALT_BYTES).fill(1)), one);
  t.not(fingerprintBeside("given", undefined, "a"), fingerprintBeside("given", undefined, "b"));
  t.notOk(one.includes("given"));
});

t.test("members of sets are shown in words", async (t) => {
  const label = (attribute: string, member: ValueObject[string]) =>
    type.label?.(attribute, member, (id) => id);
  t.equal(label("roles", "member"), "role member");
  t.equal(
    label("access_rules", { service: "compute", method: "GET", path: "/v2.1/**" }),
    "access GET compute /v2.1/**",
  );
  t.equal(label("write_to", { path: "ci.env" }), "secret goes to ci.env");
  t.equal(
    label("write_to", { path: "clouds.yaml", cloud: "ci" }),
    "secret goes to clouds.yaml (cloud ci)",
  );
});
