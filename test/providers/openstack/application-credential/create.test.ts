import t from "tap";
import { parse } from "yaml";
import type { Address } from "../../../../engine/model/address.js";
import { CloudError } from "../../../../engine/model/errors.js";
import type { JsonObject, ValueObject } from "../../../../engine/model/value.js";
import { applicationCredential as type } from "../../../../providers/openstack/application-credential/type.js";
import { type ScriptedKeystone, scriptedKeystone } from "../../../helpers/scripted-keystone.js";

const address: Address = { type: "application_credential", name: "ci" };
const report = () => {};

async function make(
  { cloud, runtime }: ScriptedKeystone,
  body: ValueObject,
  previous?: JsonObject,
) {
  const { attributes: desired } = await type.decode(body, { address, runtime });
  return type.create(cloud, { address, desired, report, ...(previous && { previous }) });
}

t.test("what is made is what is wanted, and the secret is delivered", async (t) => {
  const keystone = await scriptedKeystone(t);
  const written = await make(keystone, {
    description: "backups",
    roles: ["member"],
    expires_at: "2027-06-30T00:00:00+02:00",
    access_rules: [{ service: "compute", method: "GET", path: "/v2.1/servers" }],
    write_to: { clouds_yaml: "clouds.yaml", json: "ci.json" },
  });
  t.strictSame(written, {
    id: "credential-1",
    attributes: {
      id: "credential-1",
      name: "ci",
      description: "backups",
      expires_at: "2027-06-29T22:00:00Z",
      roles: { member: "member" },
      unrestricted: false,
      access_rules: {
        "GET compute /v2.1/servers": { service: "compute", method: "GET", path: "/v2.1/servers" },
      },
      project_id: "p1",
      requested_roles: ["member"],
      write_to: {
        clouds_yaml: { path: "clouds.yaml", cloud: "ci" },
        json: { path: "ci.json" },
      },
    },
    notes: ["secret written to clouds.yaml (cloud ci)", "secret written to ci.json"],
  });
  const { secret, ...sent } = keystone.credentials.get("credential-1") ?? {};
  t.match(sent, { roles: [{ id: "r1" }], expires_at: "2027-06-29T22:00:00.000000" });
  t.match(secret, /^[\w-]{64}$/u);
  t.match(parse(keystone.runtime.text("clouds.yaml") ?? ""), {
    clouds: { ci: { auth: { application_credential_secret: secret } } },
  });
  t.strictSame([...keystone.runtime.disk.keys()].sort(), ["ci.json", "clouds.yaml"]);
  t.notOk(JSON.stringify(written).includes(String(secret)));
});

t.test("the secret is on disk before Keystone is asked", async (t) => {
  let onDisk = "";
  const keystone: ScriptedKeystone = await scriptedKeystone(t, {
    instead: (request) => {
      if (request.method === "POST" && request.path.endsWith("application_credentials")) {
        const { disk, text } = keystone.runtime;
        const [pending = ""] = [...disk.keys()].filter((path) => path.endsWith(".pending"));
        onDisk = text(pending) ?? "";
      }
      return undefined;
    },
  });
  await make(keystone, { write_to: { env: "ci.env" } });
  const { secret } = keystone.credentials.get("credential-1") ?? {};
  t.match(JSON.parse(onDisk), { address: "application_credential.ci", name: "ci", secret });
});

t.test("a given secret is sent, remembered as a fingerprint, and needs no delivery", async (t) => {
  const keystone = await scriptedKeystone(t);
  keystone.runtime.disk.set("s", new TextEncoder().encode("my own secret\n"));
  const { attributes } = await make(keystone, { secret: { file: "s" } });
  t.equal(keystone.credentials.get("credential-1")?.secret, "my own secret");
  t.match(attributes.secret_fingerprint, /^scrypt:/u);
  t.notOk(JSON.stringify(attributes).includes("my own secret"));
  t.strictSame([...keystone.runtime.disk.keys()], ["s"]);
});

t.test("a duration is fixed when the credential is made", async (t) => {
  const keystone = await scriptedKeystone(t);
  const { attributes } = await make(keystone, {
    expires_at: { in: "90d" },
    write_to: { env: "ci.env" },
  });
  t.match(attributes, { expires_at: "2027-02-21T12:00:00Z", expires_in: "90d" });
});

t.test("nothing is asked where a secret could not be delivered", async (t) => {
  const keystone = await scriptedKeystone(t);
  keystone.runtime.disk.set("ci.env", new TextEncoder().encode("PRECIOUS=1\n"));
  const write_to = { json: "ci.json", env: "ci.env" };
  await t.rejects(make(keystone, { write_to }), { code: "file-error" });
  t.strictSame(keystone.server.lines(), ["POST /v3/auth/tokens"]);
  t.strictSame([...keystone.runtime.disk.keys()], ["ci.env"]);
});

t.test("what was delivered of a credential that is gone gives way", async (t) => {
  const keystone = await scriptedKeystone(t);
  const body = { write_to: { env: "ci.env" } };
  const { attributes } = await make(keystone, body);
  keystone.credentials.clear();
  const written = await make(keystone, body, attributes);
  t.equal(written.id, "credential-2");
  t.match(keystone.runtime.text("ci.env"), /credential-2/u);
});

t.test("a creation that is refused leaves nothing behind", async (t) => {
  const keystone = await scriptedKeystone(t, {
    instead: (request) =>
      request.method === "POST" && request.path.endsWith("application_credentials")
        ? { status: 403, body: { error: { code: 403, message: "not allowed" } } }
        : undefined,
  });
  const failure = await make(keystone, { write_to: { env: "ci.env" } }).catch((it: unknown) => it);
  t.ok(failure instanceof CloudError);
  t.match(failure, { code: "forbidden", message: /ci was not created/u, help: /unrestricted/u });
  t.strictSame([...keystone.runtime.disk.keys()], []);
});

t.test("an answer that is lost after the creation is found again", async (t) => {
  let lost = false;
  const keystone = await scriptedKeystone(t, {
    afterPost: (answer) => {
      if (lost) return answer;
      lost = true;
      return "hang up";
    },
  });
  const written = await make(keystone, { write_to: { env: "ci.env" } });
  t.equal(written.id, "credential-1");
  t.equal(keystone.credentials.size, 1);
  const secret = String(keystone.credentials.get("credential-1")?.secret);
  t.ok(keystone.runtime.text("ci.env")?.includes(secret));
});

t.test("deleting a credential removes its secret from where it was delivered", async (t) => {
  const keystone = await scriptedKeystone(t);
  const body = { write_to: { env: "ci.env", clouds_yaml: "clouds.yaml" } };
  const { id, attributes: existing } = await make(keystone, body);
  await type.delete(keystone.cloud, { address, id, existing, report });
  t.equal(keystone.credentials.size, 0);
  t.strictSame([...keystone.runtime.disk.keys()], []);
  await type.delete(keystone.cloud, { address, id, existing, report });
});

t.test("the list tells what creation told", async (t) => {
  const keystone = await scriptedKeystone(t);
  const written = await make(keystone, {
    expires_at: "2027-06-30",
    write_to: { env: "ci.env" },
  });
  const { requested_roles: _, write_to: __, ...attributes } = written.attributes;
  t.strictSame(await type.list(keystone.cloud), [{ id: written.id, name: "ci", attributes }]);
});
