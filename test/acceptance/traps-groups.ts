import type { Test } from "tap";
import { runCli } from "../helpers/cli.js";
import { listOf } from "../helpers/raw-client.js";
import type { StartCloud } from "./cloud.js";
import { groupByHand, otherBench, partOf, refusalOf, saidBy, trapBench } from "./trap-bench.js";

const GROUP = (name: string, body = "{}") =>
  `resources:\n  security_group:\n    ${name}: ${body}\n`;

/** What Neutron surprises with in security groups. */
export function groupTraps(t: Test, start: StartCloud): void {
  nameTraps(t, start);
  sharingTraps(t, start);
  quotaTraps(t, start);
  portTraps(t, start);
}

function nameTraps(t: Test, start: StartCloud): void {
  t.test("a group of a name that others have is made beside theirs, with a warning", async (t) => {
    const { bench, cloud, raw } = await trapBench(t, start);
    const theirs = [await groupByHand(t, raw, "trap-twin"), await groupByHand(t, raw, "trap-twin")];
    bench.declare(GROUP("trap-twin"));
    t.match(saidBy(await bench.run("plan")), "warning[already-exists]");
    await bench.apply();
    await bench.planIsEmpty();
    t.equal((await cloud.hand.groups("trap-twin")).length, 3);
    t.equal((await bench.run("destroy", "--auto-approve")).code, 0);
    const left = (await cloud.hand.groups("trap-twin")).map((it) => it.id);
    t.strictSame(left.sort(), theirs.sort(), "theirs are left alone");
  });

  t.test("the default group is adopted by a name that is never sent", async (t) => {
    const { bench, cloud, raw } = await trapBench(t, start);
    const groups = `${raw.network}/v2.0/security-groups`;
    const [{ id = "", description = "" } = {}] = await cloud.hand.groups("default");
    t.teardown(() => raw.ask("PUT", `${groups}/${id}`, { security_group: { description } }));
    const second = await raw.ask("POST", groups, { security_group: { name: "DeFault" } });
    t.equal(refusalOf(second), "SecurityGroupDefaultAlreadyExists");
    const same = await raw.ask("PUT", `${groups}/${id}`, { security_group: { name: "default" } });
    t.equal(same.status, 409, "not even its own name is taken");
    const rules = "rules: [{ ingress: all, from: self }]";
    bench.declare(GROUP("default", `{ description: of a trap, ${rules} }`));
    await bench.apply();
    await bench.planIsEmpty();
    const after = await cloud.hand.groups("default");
    t.strictSame(
      after.map((it) => [it.id, it.description]),
      [[id, "of a trap"]],
    );
  });
}

function sharingTraps(t: Test, start: StartCloud): void {
  t.test("a group that another project shares is nobody's here", async (t) => {
    const { bench, cloud, raw } = await trapBench(t, start);
    const other = await cloud.as("demo2");
    const theirs = await groupByHand(t, other, "trap-shared");
    await other.send("POST", `${other.network}/v2.0/rbac-policies`, {
      rbac_policy: {
        object_type: "security_group",
        object_id: theirs,
        action: "access_as_shared",
        target_tenant: raw.project,
      },
    });
    const list = `${raw.network}/v2.0/security-groups?name=trap-shared`;
    const seen = listOf(await raw.send("GET", list), "security_groups");
    t.strictSame(
      seen.map((it) => [it.id, it.shared]),
      [[theirs, true]],
      "lists hold it",
    );
    bench.declare(GROUP("trap-shared"));
    t.notMatch(saidBy(await bench.run("plan")), "already-exists");
    await bench.apply();
    await bench.planIsEmpty();
    t.equal(listOf(await raw.send("GET", list), "security_groups").length, 2);
    t.equal((await bench.run("destroy", "--auto-approve")).code, 0);
    const left = listOf(await raw.send("GET", list), "security_groups");
    t.strictSame(
      left.map((it) => it.id),
      [theirs],
    );
  });
}

function quotaTraps(t: Test, start: StartCloud): void {
  t.test(
    "the rules that a group is given count towards the quota, and the plan says so",
    async (t) => {
      const { cloud } = await trapBench(t, start);
      const [raw, admin] = [await cloud.as("demo2"), await cloud.as("admin")];
      const quotas = `${admin.network}/v2.0/quotas/${raw.project}`;
      await raw.send("GET", `${raw.network}/v2.0/security-groups?name=default`);
      const usage = await raw.ask("GET", `${quotas}/details.json`);
      const used = Number(partOf(usage, "quota", "security_group_rule", "used"));
      const limit = used + 3;
      const bench = await otherBench(t, cloud);
      t.teardown(() => admin.ask("DELETE", quotas));
      await admin.send("PUT", quotas, { quota: { security_group_rule: limit } });
      bench.declare(GROUP("trap-quota", "{ rules: [{ ingress: ssh }, { ingress: http }] }"));
      const need = "security group rules, and 3 of";
      for (const command of [["plan"], ["apply", "--auto-approve"]]) {
        const refused = await bench.run(...command);
        t.equal(refused.code, 1);
        t.match(saidBy(refused), `the plan needs 6 ${need} ${limit} are left`);
      }
    },
  );
}

function portTraps(t: Test, start: StartCloud): void {
  t.test("a group that ports use keeps its statefulness, and they are named", async (t) => {
    const { bench, cloud, raw } = await trapBench(t, start);
    bench.declare(GROUP("trap-stateful"));
    await bench.apply();
    const [{ id = "" } = {}] = await cloud.hand.groups("trap-stateful");
    const free = await cloud.hand.putOnPort(id);
    const put = await raw.ask("PUT", `${raw.network}/v2.0/security-groups/${id}`, {
      security_group: { stateful: false },
    });
    t.strictSame([put.status, refusalOf(put)], [409, "SecurityGroupInUse"]);
    bench.declare(GROUP("trap-stateful", "{ stateful: false }"));
    const argv = ["apply", "--auto-approve", ...cloud.options];
    const refused = await runCli(argv, { cwd: bench.cwd, env: cloud.env, hurried: true });
    t.equal(refused.code, 1);
    t.match(
      saidBy(refused),
      /`stateful` cannot change while the security group is in use by port [0-9a-f-]{36}/u,
    );
    await free();
    await bench.apply();
    await bench.planIsEmpty();
  });
}
