import type { Test } from "tap";
import { type Bench, benchOn } from "./bench.js";
import type { StartCloud } from "./cloud.js";

/** What the deletion of a group takes from other groups is said before it is done. */
export function cascadeSuite(t: Test, start: StartCloud): void {
  t.test("deleting a group warns of the rules of others that go with it", async (t) => {
    const mine = await benchOn(t, start);
    const theirs = await benchOn(t, async () => mine.cloud);
    mine.declare("resources:\n  security_group:\n    cascade-old: {}\n");
    await mine.apply();
    const [old] = await mine.cloud.hand.groups("cascade-old");
    theirs.declare(
      `resources:\n  security_group:\n    cascade-legacy:\n      rules:\n        - { ingress: ssh, from: ${old?.id} }\n        - { ingress: http }\n`,
    );
    await theirs.apply();

    const plan = await mine.run("plan", "--destroy");
    const said = plan.stdout.replaceAll(/\s+/gu, " ");
    t.match(
      said,
      "deleting security_group.cascade-old also removes rules of another security_group",
    );
    t.match(
      said,
      /cascade-legacy \(not managed here\): ingress tcp\/22 from security_group.cascade-old/u,
    );
    t.notMatch(said, /tcp\/80 from/u, "and of no others");

    await mine.run("destroy", "--auto-approve");
    const [left] = await mine.cloud.hand.groups("cascade-legacy");
    const ports = left?.rules.map((it) => it.port_range_min).filter((it) => it !== null) ?? [];
    t.strictSame([...new Set(ports)], [80], "as it comes to pass");
  });

  t.test("what the plan removes anyhow is not warned of", async (t) => {
    const bench = await benchOn(t, start);
    const two = (rules: string) =>
      `resources:\n  security_group:\n    cascade-b:\n      rules: [${rules}]\n`;
    bench.declare(`${two("{ ingress: ssh, from: security_group.cascade-a }")}    cascade-a: {}\n`);
    await bench.apply();
    bench.declare(two("{ ingress: ssh, from: 192.0.2.0/24 }"));
    const plan = await bench.run("plan");
    t.notMatch(plan.stdout, "remote-cascade");
    const replacement = await bench.run("plan", "--destroy");
    t.notMatch(replacement.stdout, "remote-cascade", "nor where everything goes");
    await bench.apply();
    await bench.planIsEmpty();
  });

  const ports = async (bench: Bench, name: string) => {
    const [found] = await bench.cloud.hand.groups(name);
    const all = found?.rules.map((it) => it.port_range_min).filter((it) => it !== null) ?? [];
    return [...new Set(all)].sort();
  };

  t.test(
    "a declaration that names by its id what is deleted is refused, with its place",
    async (t) => {
      const bench = await benchOn(t, start);
      const old = "    cascade-old: {}\n";
      const app = (rules: string) => `    cascade-app:\n      rules:\n${rules}`;
      bench.declare(`resources:\n  security_group:\n${old}`);
      await bench.apply();
      const [{ id = "" } = {}] = await bench.cloud.hand.groups("cascade-old");
      const http = "        - { ingress: http }\n";
      const named = app(`${http}        - { ingress: ssh, from: ${id} }\n`);
      bench.declare(`resources:\n  security_group:\n${named}${old}`);
      await bench.apply();

      bench.declare(`resources:\n  security_group:\n${named}`);
      const { code, stdout, stderr } = await bench.run("apply", "--auto-approve");
      t.equal(code, 1);
      const said = `${stdout}${stderr}`;
      t.match(said, /security_group\.cascade-app still names security_group\.cascade-old, which/u);
      t.match(said, "main.yaml:6");
      t.strictSame(await ports(bench, "cascade-app"), [22, 80], "nothing was done");

      bench.declare(`resources:\n  security_group:\n${app(http)}`);
      await bench.apply();
      t.equal((await bench.run("drift")).code, 0, "and with the rule taken out all is well");
      await bench.planIsEmpty();
    },
  );

  t.test(
    "what goes from a group whose rules are ignored is its change, and no drift",
    async (t) => {
      const bench = await benchOn(t, start);
      const ignoring = (rules: string) =>
        `resources:\n  security_group:\n    cascade-app:\n      rules: [${rules}]\n      lifecycle: { ignore_changes: [rules] }\n`;
      bench.declare(
        `${ignoring("{ ingress: http }, { ingress: ssh, from: security_group.cascade-old }")}    cascade-old: {}\n`,
      );
      await bench.apply();

      bench.declare(ignoring("{ ingress: http }"));
      const plan = await bench.run("plan", "--verbose");
      t.match(plan.stdout, /1 to delete, 1 to update/u);
      t.match(
        plan.stdout,
        /- ingress tcp\/22 from security_group\.cascade-old +# goes with security_group\.cascade-old/u,
      );
      t.notMatch(plan.stdout, "remote-cascade");
      const { changes } = JSON.parse((await bench.run("plan", "--json")).stdout);
      t.strictSame(
        changes.map((it: { address: string; action: string; reason: string }) => [
          it.address,
          it.action,
          it.reason,
        ]),
        [
          ["security_group.cascade-app", "update", "rules go with security_group.cascade-old"],
          ["security_group.cascade-old", "delete", "it is not declared any more"],
        ],
      );

      await bench.apply();
      t.strictSame(await ports(bench, "cascade-app"), [80]);
      t.equal((await bench.run("drift")).code, 0, "nobody else did it");
      await bench.planIsEmpty();
    },
  );
}
