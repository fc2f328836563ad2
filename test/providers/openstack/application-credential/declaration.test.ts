import * as fc from "fast-check";
import t from "tap";
import type { Address } from "../../../../engine/model/address.js";
import { Sensitive, Unknown, type ValueObject } from "../../../../engine/model/value.js";
import { decode } from "../../../../providers/openstack/application-credential/declaration.js";
import { testRuntime } from "../../../helpers/runtime.js";

const address: Address = { type: "application_credential", name: "ci" };
const write_to = { env: "ci.env" };

const runtime = testRuntime({
  env: { SECRET: "given", LONG: "x".repeat(73), EMPTY: "", LINES: "a\nb" },
  files: { "ci.secret": "from a file\n", "bad.secret": new Uint8Array([0xff]) },
});

const decodeBody = (body: ValueObject, at = address) => decode(body, { address: at, runtime });

t.test("a declaration becomes canonical attributes, with the places of its members", async (t) => {
  const decoded = await decodeBody({
    description: "backups",
    roles: ["reader", "member"],
    expires_at: "2027-06-30T00:00:00+02:00",
    access_rules: [{ service: "compute", method: "GET", path: "/v2.1/servers" }],
    write_to: { clouds_yaml: "ci-clouds.yaml", openrc: "ci.sh" },
  });
  t.strictSame(decoded, {
    attributes: {
      name: "ci",
      description: "backups",
      expires_at: "2027-06-29T22:00:00Z",
      roles: { member: "member", reader: "reader" },
      unrestricted: false,
      access_rules: {
        "GET compute /v2.1/servers": { service: "compute", method: "GET", path: "/v2.1/servers" },
      },
      write_to: {
        clouds_yaml: { path: "ci-clouds.yaml", cloud: "ci" },
        openrc: { path: "ci.sh" },
      },
    },
    diagnostics: [],
    pointers: {
      "/roles/reader": "/roles/0",
      "/roles/member": "/roles/1",
      "/access_rules/GET compute ~1v2.1~1servers": "/access_rules/0",
    },
    writes: [
      { path: "/work/ci-clouds.yaml", part: "ci", pointer: "/write_to/clouds_yaml" },
      { path: "/work/ci.sh", pointer: "/write_to/openrc" },
    ],
  });
});

t.test("the least declaration leaves the roles to the log-in", async (t) => {
  const { attributes, diagnostics } = await decodeBody({ write_to });
  t.strictSame(attributes, {
    name: "ci",
    description: "",
    expires_at: null,
    unrestricted: false,
    access_rules: {},
    write_to: { env: { path: "ci.env" } },
  });
  t.strictSame(diagnostics, []);
});

t.test("an instance of a repeated resource is named after its key", async (t) => {
  const { attributes } = await decodeBody({ write_to }, { ...address, key: "berlin" });
  t.equal(attributes.name, "ci-berlin");
});

t.test("an entry of a clouds.yaml can have a name of its own", async (t) => {
  const { attributes } = await decodeBody({
    write_to: { clouds_yaml: { path: "clouds.yaml", cloud: "prod" } },
  });
  t.strictSame(attributes.write_to, { clouds_yaml: { path: "clouds.yaml", cloud: "prod" } });
});

t.test("each mistake is told with its place", async (t) => {
  const rule = { service: "compute", method: "GET", path: "/v2.1/servers" };
  const cases: readonly (readonly [ValueObject, string, string])[] = [
    [{}, "secret-undeliverable", ""],
    [{ write_to: {} }, "secret-undeliverable", ""],
    [{ write_to, name: "  " }, "wrong-value", "/name"],
    [{ write_to, name: "x".repeat(256) }, "wrong-value", "/name"],
    [{ write_to, name: 5 }, "wrong-type", "/name"],
    [{ write_to, description: new Sensitive("s") }, "wrong-value", "/description"],
    [{ write_to, unrestricted: "yes" }, "wrong-type", "/unrestricted"],
    [{ write_to, unrestricted: true }, "unrestricted-credential", "/unrestricted"],
    [{ write_to, expires_at: "2020-01-01" }, "expiry-past", "/expires_at"],
    [{ write_to, roles: [] }, "wrong-value", "/roles"],
    [{ write_to, roles: [1] }, "wrong-type", "/roles/0"],
    [{ write_to, access_rules: [] }, "empty-access-rules", "/access_rules"],
    [{ write_to, access_rules: [rule, rule] }, "bad-access-rule", "/access_rules/1"],
    [{ write_to, access_rules: [{ method: "GET", path: "/x" }] }, "missing-key", "/access_rules/0"],
    [
      { write_to, access_rules: [{ ...rule, method: "get" }] },
      "bad-access-rule",
      "/access_rules/0/method",
    ],
    [
      { write_to, access_rules: [{ ...rule, service: "my compute" }] },
      "bad-access-rule",
      "/access_rules/0/service",
    ],
    [
      { write_to, access_rules: [{ ...rule, path: "v2.1" }] },
      "bad-access-rule",
      "/access_rules/0/path",
    ],
    [
      { write_to, access_rules: [{ ...rule, path: `/${"x".repeat(128)}` }] },
      "bad-access-rule",
      "/access_rules/0/path",
    ],
    [
      { write_to, access_rules: [{ ...rule, path: "/v3/(x|y)" }] },
      "bad-access-rule",
      "/access_rules/0/path",
    ],
    [
      { write_to, access_rules: [{ ...rule, path: "/v3/{x" }] },
      "bad-access-rule",
      "/access_rules/0/path",
    ],
    [
      { write_to, access_rules: [{ ...rule, path: "/v3?x=y" }] },
      "bad-access-rule",
      "/access_rules/0/path",
    ],
    [{ secret: "clear text" }, "wrong-value", "/secret"],
    [{ secret: { env: "SECRET", file: "ci.secret" } }, "wrong-value", "/secret"],
    [{ secret: {} }, "wrong-value", "/secret"],
    [{ secret: { env: "LONG" } }, "secret-too-long", "/secret/env"],
    [{ secret: { env: "EMPTY" } }, "wrong-value", "/secret/env"],
    [{ secret: { env: "LINES" } }, "wrong-value", "/secret/env"],
    [{ secret: { file: "bad.secret" } }, "wrong-value", "/secret/file"],
    [{ secret: new Sensitive(7) }, "wrong-type", "/secret"],
    [{ write_to: { env: "" } }, "wrong-value", "/write_to/env"],
    [{ write_to: { env: "x", json: "x" } }, "wrong-value", "/write_to/env"],
    [{ write_to: { clouds_yaml: { cloud: "x" } } }, "missing-key", "/write_to/clouds_yaml"],
    [{ write_to: { openrc: { path: "x" } } }, "wrong-type", "/write_to/openrc"],
  ];
  for (const [body, code, pointer] of cases) {
    const { diagnostics } = await decodeBody(body);
    t.strictSame(
      diagnostics.map((it) => [it.code, it.pointer]),
      [[code, pointer]],
      JSON.stringify(body).slice(0, 100),
    );
  }
});

t.test("paths with templates and dots are no mistake", async (t) => {
  for (const path of ["/v2.1/servers/{id}/action", "/v2.0/*/tags", "/compute/v2.1/**"]) {
    const rule = { service: "compute", method: "POST", path };
    const { diagnostics } = await decodeBody({ write_to, access_rules: [rule] });
    t.strictSame(diagnostics, [], path);
  }
});

t.test("all mistakes are told at once", async (t) => {
  const { diagnostics } = await decodeBody({
    name: "",
    roles: [],
    expires_at: "never",
    access_rules: [],
    secret: "x",
  });
  t.strictSame(
    diagnostics.map((it) => it.pointer),
    ["/name", "/roles", "/access_rules", "/secret", "/expires_at"],
  );
});

t.test(
  "a secret comes from a variable, a file or a sensitive value, and stays sensitive",
  async (t) => {
    const cases: readonly (readonly [ValueObject[string], string])[] = [
      [{ env: "SECRET" }, "given"],
      [{ file: "ci.secret" }, "from a file"],
      [new Sensitive("typed"), "typed"],
    ];
    for (const [secret, expected] of cases) {
      const { attributes, diagnostics } = await decodeBody({ secret });
      t.strictSame(diagnostics, []);
      t.ok(attributes.secret instanceof Sensitive);
      t.equal(attributes.secret instanceof Sensitive && attributes.secret.reveal(), expected);
    }
  },
);

t.test("a secret that is not there is unknown: only making the credential needs it", async (t) => {
  for (const secret of [{ env: "NO_SUCH" }, { file: "no-such" }]) {
    const { attributes, diagnostics } = await decodeBody({ secret });
    t.ok(attributes.secret instanceof Unknown);
    t.strictSame(diagnostics, []);
  }
});

t.test("any value may be unknown until apply", async (t) => {
  const unknown = new Unknown();
  const keys = ["name", "description", "secret", "expires_at", "roles", "unrestricted"] as const;
  for (const key of [...keys, "access_rules", "write_to"] as const) {
    const { attributes, diagnostics } = await decodeBody({ write_to, [key]: unknown });
    t.ok(attributes[key] instanceof Unknown, key);
    t.strictSame(diagnostics, [], key);
  }
  const deep = await decodeBody({
    roles: ["member", unknown],
    access_rules: [{ service: "compute", method: "GET", path: unknown }],
    write_to: { env: unknown, clouds_yaml: { path: "x", cloud: unknown } },
  });
  t.ok(deep.attributes.roles instanceof Unknown);
  t.ok(deep.attributes.access_rules instanceof Unknown);
  t.strictSame(deep.diagnostics, []);
});

t.test("the order of roles and rules means nothing", async () => {
  const rule = (path: string) => ({ service: "compute", method: "GET", path });
  const rules = ["/a", "/b", "/c"].map(rule);
  const shuffle = <T>(items: readonly T[]) =>
    fc.shuffledSubarray([...items], { minLength: items.length });
  const roles = ["member", "reader", "creator"];
  const { attributes } = await decodeBody({ write_to, roles, access_rules: rules });
  await fc.assert(
    fc.asyncProperty(shuffle(roles), shuffle(rules), async (someRoles, someRules) => {
      const other = await decodeBody({ write_to, roles: someRoles, access_rules: someRules });
      t.same(other.attributes, attributes);
    }),
    { numRuns: 20 },
  );
});

t.test("any body ends in attributes and diagnostics", async () => {
  const keys = ["name", "description", "secret", "expires_at", "roles", "unrestricted"];
  const body = fc.dictionary(
    fc.constantFrom(...keys, "access_rules", "write_to"),
    fc.jsonValue({ maxDepth: 4 }),
  );
  await fc.assert(
    fc.asyncProperty(body, async (value) => {
      const declared: ValueObject = JSON.parse(JSON.stringify(value));
      await decodeBody(declared);
    }),
  );
});

t.test("what stands at the places of delivery is found out", async (t) => {
  const files = { "ci.env": "OS_APPLICATION_CREDENTIAL_ID=abc\n", "ci.json": "{}" };
  const { attributes } = await decode(
    { write_to: { env: "ci.env", json: "ci.json", openrc: "ci.sh" } },
    { address, runtime: testRuntime({ files }) },
  );
  t.strictSame(attributes.occupied, { env: "abc", json: "something else" });
});
