import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Test } from "tap";
import { runCli } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";
import { benchOn } from "./bench.js";
import type { AcceptanceCloud, StartCloud } from "./cloud.js";

const NOBODY = "11111111-2222-4333-8444-555555555555";

const group = (...rules: readonly string[]) =>
  `resources:\n  security_group:\n    named:\n      rules:\n${rules
    .map((it) => `        - ${it}\n`)
    .join("")}`;

/** Makes a group in another project; answers its id. */
async function foreignGroup(t: Test, cloud: AcceptanceCloud): Promise<string> {
  const cwd = temporaryFolder(t);
  const run = (...argv: readonly string[]) =>
    runCli([...argv, ...cloud.otherProject], { cwd, env: cloud.env });
  const text =
    'resources:\n  security_group:\n    named-foreign: {}\noutputs:\n  id: "${security_group.named-foreign.id}"\n';
  writeFileSync(join(cwd, "main.yaml"), text);
  t.teardown(() => run("destroy", "--auto-approve"));
  t.equal((await run("apply", "--auto-approve")).code, 0);
  const { stdout } = await runCli(["output", "id", "--raw"], { cwd, env: cloud.env });
  return stdout.trim();
}

/** A rule that names a group which cannot be named is told by the plan. */
export function namedGroupSuite(t: Test, start: StartCloud): void {
  t.test("a rule that names a group which is not there is refused by the plan", async (t) => {
    const bench = await benchOn(t, start);
    const there = group("{ ingress: http }");
    bench.declare(there);
    await bench.apply();
    const rules = [
      "{ ingress: http }",
      `{ ingress: ssh, from: ${NOBODY} }`,
      `{ direction: ingress, remote_address_group: ${NOBODY} }`,
    ];
    bench.declare(group(...rules));
    const { code, stderr } = await bench.run("plan");
    t.equal(code, 1);
    t.match(stderr, /missing-group.*there is no security group with this id/u);
    t.match(stderr, /missing-group.*there is no address group with this id/u);
    t.match(stderr, "main.yaml:6:");
    t.match(stderr, "main.yaml:7:");
    t.equal(stderr.match(/missing-group/gu)?.length, 2, "once for both address families");

    bench.declare(group(`{ ingress: ssh, from: ${NOBODY} }`).replace("named:", "named-new:"));
    t.equal((await bench.run("apply", "--auto-approve")).code, 1);
    t.strictSame(await bench.cloud.hand.groups("named-new"), [], "nothing was made");
    bench.declare(there);
    await bench.planIsEmpty();
  });

  t.test("a group of another project that is not shared is as good as none", async (t) => {
    const bench = await benchOn(t, start);
    const id = await foreignGroup(t, bench.cloud);
    t.match(id, /^[0-9a-f-]{36}$/u);
    bench.declare(group(`{ ingress: ssh, from: ${id} }`));
    const { code, stderr } = await bench.run("plan");
    t.equal(code, 1);
    t.match(stderr, /missing-group/u);
  });
}
