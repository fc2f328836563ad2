import t from "tap";
import { parse } from "yaml";
import { Sensitive } from "../../../../engine/model/value.js";
import type { DeliveredCredential } from "../../../../providers/openstack/application-credential/delivered-credential.js";
import {
  deliver,
  occupantOf,
  withdraw,
} from "../../../../providers/openstack/application-credential/delivery.js";
import type { FileTarget } from "../../../../providers/openstack/application-credential/target.js";
import { testRuntime } from "../../../helpers/runtime.js";

const credential = (id: string): DeliveredCredential => ({
  id,
  name: `name of ${id}`,
  secret: new Sensitive(`secret of ${id}`),
  projectId: "p1",
  login: { roles: [], authUrl: "http://keystone/v3", interface: "public", verify: true },
});

const env: FileTarget = { format: "env", path: "ci.env" };
const entry = (cloud: string): FileTarget => ({
  format: "clouds_yaml",
  path: "clouds.yaml",
  cloud,
});

t.test("several credentials go into one clouds.yaml at the same time", async (t) => {
  const { files, text, secrets } = testRuntime();
  const ids = Array.from({ length: 10 }, (_, index) => `id${index}`);
  await Promise.all(ids.map((id) => deliver(files, entry(`cloud-${id}`), credential(id))));
  const { clouds }: { clouds: object } = parse(text("clouds.yaml") ?? "");
  t.strictSame(Object.keys(clouds).sort(), ids.map((id) => `cloud-${id}`).sort());
  t.ok(secrets.has("clouds.yaml"));
});

t.test("what is not this credential is never overwritten", async (t) => {
  const cases: readonly (readonly [FileTarget, string])[] = [
    [env, "PRECIOUS=1\n"],
    [env, ""],
    [{ format: "json", path: "ci.env" }, "{}"],
    [{ format: "openrc", path: "ci.env" }, "export OS_PASSWORD=x\n"],
    [{ ...entry("ci"), path: "ci.env" }, "clouds: { ci: { auth: { password: x } } }\n"],
  ];
  for (const [target, content] of cases) {
    const { files, text } = testRuntime({ files: { "ci.env": content } });
    await t.rejects(deliver(files, target, credential("a")), { code: "file-error" });
    t.equal(text("ci.env"), content);
  }
});

t.test("another credential's file is not overwritten", async (t) => {
  const { files, text } = testRuntime();
  await deliver(files, env, credential("a"));
  const before = text("ci.env");
  await t.rejects(deliver(files, env, credential("b")), {
    message: /the application credential a/u,
  });
  t.equal(text("ci.env"), before);
});

t.test("delivering again is no mistake", async (t) => {
  for (const target of [env, entry("ci")]) {
    const { files, disk } = testRuntime();
    await deliver(files, target, credential("a"));
    const before = new Map(disk);
    await deliver(files, target, credential("a"));
    t.strictSame(disk, before);
  }
});

t.test("only the credential itself is withdrawn", async (t) => {
  const { files, disk, text } = testRuntime();
  await deliver(files, env, credential("a"));
  await deliver(files, entry("a"), credential("a"));
  await deliver(files, entry("b"), credential("b"));
  await withdraw(files, env, "b");
  t.ok(disk.has("ci.env"));
  await withdraw(files, env, "a");
  await withdraw(files, entry("a"), "a");
  await withdraw(files, entry("nowhere"), "a");
  t.strictSame([...disk.keys()], ["clouds.yaml"]);
  const { clouds }: { clouds: object } = parse(text("clouds.yaml") ?? "");
  t.strictSame(Object.keys(clouds), ["b"]);
});

t.test("a file that is no text is somebody's own", async (t) => {
  const { files } = testRuntime({ files: { "ci.env": new Uint8Array([0xff, 0xfe]) } });
  t.strictSame(await occupantOf(files, env), { words: "something that is no text" });
});

t.test("a failure in one turn does not hold up the next", async (t) => {
  const { files, disk } = testRuntime({ files: { "ci.env": "mine" } });
  const first = deliver(files, env, credential("a"));
  const second = withdraw(files, env, "a");
  await t.rejects(first);
  await second;
  t.ok(disk.has("ci.env"));
});
