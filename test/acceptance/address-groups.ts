import type { Test } from "tap";
import { runCli } from "../helpers/cli.js";
import { type Bench, benchOn } from "./bench.js";
import type { StartCloud } from "./cloud.js";

const OFFICES = (addresses: string, description = "people") =>
  `resources:\n  address_group:\n    ag-offices:\n      description: ${description}\n      addresses: [${addresses}]\n`;
const ADMIN = (rules: string) => `  security_group:\n    ag-admin:\n      rules: [${rules}]\n`;
const SSH = "{ ingress: ssh, from: address_group.ag-offices }";
const LONG =
  "{ direction: ingress, ethertype: IPv6, protocol: udp, port_range_min: 53, port_range_max: 53, remote_address_group: address_group.ag-offices }";

const planOf = async (bench: Bench, ...argv: readonly string[]) =>
  (await bench.run("plan", ...argv)).stdout;

/** Address groups and the rules that name them. */
export function addressGroupSuite(t: Test, start: StartCloud): void {
  t.test("an address group goes through its life beside the rules that name it", async (t) => {
    const bench = await benchOn(t, start);
    const rules = ADMIN(`${SSH}, ${LONG}`);
    bench.declare(OFFICES("10.1.2.3/8, 192.0.2.1, 2001:DB8:0::/32") + rules);
    const first = await planOf(bench);
    t.match(first, "+ ingress tcp/22 from address_group.ag-offices\n");
    t.match(first, "+ ingress udp/53 from address_group.ag-offices (IPv6)");
    t.match(first, "+ address 2001:db8::/32");
    await bench.apply();
    await bench.planIsEmpty();
    const [group] = await bench.cloud.hand.groups("ag-admin");
    const ids = new Set(group?.rules.map((it) => it.remote_address_group_id ?? "none"));
    t.equal(ids.size, 2, "the rules name the one address group, the default rules none");

    bench.declare(OFFICES("10.0.0.0/8, 198.51.100.0/24", "people of ours") + rules);
    const second = await planOf(bench);
    t.match(second, "Plan: 1 to update");
    t.match(second, "+ address 198.51.100.0/24");
    t.match(second, "- address 192.0.2.1/32");
    t.notMatch(second, "10.0.0.0", "what is the same in another spelling stays");
    await bench.apply();
    await bench.planIsEmpty();

    bench.declare(OFFICES("") + rules);
    await bench.apply();
    await bench.planIsEmpty();
  });

  t.test("a group and the rule that names it go in one apply, the rule first", async (t) => {
    const bench = await benchOn(t, start);
    bench.declare(OFFICES("192.0.2.0/24") + ADMIN(SSH));
    await bench.apply();
    bench.declare(`resources:\n${ADMIN("{ ingress: ssh, from: 192.0.2.0/24 }")}`);
    await bench.apply();
    await bench.planIsEmpty();
  });

  t.test("an address group that is in use stays, and whose rules use it is said", async (t) => {
    const mine = await benchOn(t, start);
    mine.declare(`${OFFICES("192.0.2.0/24")}outputs:\n  id: "\${address_group.ag-offices.id}"\n`);
    await mine.apply();
    const id = (await runCli(["output", "id"], mine)).stdout.trim();
    const theirs = await benchOn(t, async () => mine.cloud);
    theirs.declare(
      `resources:\n  security_group:\n    ag-theirs:\n      rules:\n        - { direction: ingress, remote_address_group: ${id} }\n`,
    );
    await theirs.apply();
    const [user] = await mine.cloud.hand.groups("ag-theirs");
    const refused = await mine.run("destroy", "--auto-approve");
    t.not(refused.code, 0);
    const said = `${refused.stdout}${refused.stderr}`.replaceAll(/\s+/gu, " ");
    t.match(said, `in use by rules of security group "ag-theirs" (${user?.id})`);
    await theirs.run("destroy", "--auto-approve");
    const gone = await mine.run("destroy", "--auto-approve");
    t.equal(gone.code, 0, gone.stderr);
  });

  t.test("a replacement while rules use it is refused by the plan, with the remedy", async (t) => {
    const bench = await benchOn(t, start);
    bench.declare(OFFICES("192.0.2.0/24") + ADMIN(SSH));
    await bench.apply();
    const refused = await bench.run("plan", "--replace", "address_group.ag-offices");
    t.equal(refused.code, 1);
    const said = `${refused.stdout}${refused.stderr}`.replaceAll(/\s+/gu, " ");
    t.match(
      said,
      'error[in-use]: it cannot be replaced: it is in use by rules of security group "ag-admin"',
    );
    t.match(said, "everything of an address group changes in place");
    bench.declare(OFFICES("192.0.2.0/24") + ADMIN(""));
    await bench.apply();
    const free = await bench.run(
      "apply",
      "--auto-approve",
      "--replace",
      "address_group.ag-offices",
    );
    t.equal(free.code, 0, free.stderr);
    await bench.planIsEmpty();
  });

  t.test("a group named by its id alone keeps its kind once it is made", async (t) => {
    const bench = await benchOn(t, start);
    const rule = '{ ingress: ssh, from: "${address_group.ag-offices.id}" }';
    bench.declare(OFFICES("192.0.2.0/24") + ADMIN(rule));
    await bench.apply();
    await bench.planIsEmpty();
  });

  t.test("an address group that a declaration names by its id is not deleted", async (t) => {
    const bench = await benchOn(t, start);
    bench.declare(`${OFFICES("192.0.2.0/24")}outputs:\n  id: "\${address_group.ag-offices.id}"\n`);
    await bench.apply();
    const id = (
      await runCli(["output", "id", "--raw"], { cwd: bench.cwd, env: bench.cloud.env })
    ).stdout.trim();
    const rule = `{ direction: ingress, remote_address_group: ${id} }`;
    bench.declare(OFFICES("192.0.2.0/24") + ADMIN(rule));
    await bench.apply();
    bench.declare(`resources:\n${ADMIN(rule)}`);
    const { code, stderr } = await bench.run("plan");
    t.equal(code, 1);
    t.match(
      stderr,
      /names-deleted.*still names address_group\.ag-offices, which the plan deletes/u,
    );
  });
}
