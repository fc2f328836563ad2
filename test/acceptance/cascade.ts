import type { Test } from "tap";
import { benchOn } from "./bench.js";
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
}
