import { existsSync } from "node:fs";
import t from "tap";
import { isObject } from "../../engine/model/value.js";
import { runCli } from "../helpers/cli.js";
import { copyOfExample } from "../helpers/example.js";
import { openstack } from "../helpers/lab-cloud.js";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";

const skip = existsSync("/usr/bin/openstack") ? false : "there is no openstack client";

t.test("the openstack client works against the embedded cloud", { skip }, async (t) => {
  const cloud = await startSandboxCloud(t);
  const cwd = copyOfExample(t, "06-three-tier");
  const ended = await runCli(["apply", "--auto-approve", ...cloud.options], {
    cwd,
    env: cloud.env,
  });
  t.equal(ended.code, 0, ended.stderr);
  const env = { ...cloud.env, OS_CLOUD: "sandbox" };
  const names = async (...argv: readonly string[]) => {
    const rows = await openstack(env, [...argv, "list"]);
    return (Array.isArray(rows) ? rows.filter(isObject) : []).map((it) => it.Name).sort();
  };
  t.strictSame(
    await names("keypair"),
    ["ada", "deploy", "grace"].map((it) => `staging-shop-${it}`),
  );
  t.strictSame(await names("security", "group"), [
    "default",
    ...["app", "cache-pages", "cache-sessions", "database", "edge"].map(
      (it) => `staging-shop-${it}`,
    ),
  ]);
  t.strictSame(await names("application", "credential"), ["staging-shop-monitoring"]);

  const made = await openstack(env, [
    ...["security", "group", "rule", "create", "--protocol", "tcp", "--dst-port", "3389"],
    "staging-shop-edge",
  ]);
  t.ok(isObject(made) && made.id);
  const drift = await runCli(["drift", ...cloud.options], { cwd, env: cloud.env });
  t.equal(drift.code, 3, "what it does by hand is drift");
  t.match(drift.stdout, /ingress tcp\/3389/u);
});
