import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Test } from "tap";
import { runCli } from "../helpers/cli.js";
import { benchOn } from "./bench.js";
import type { StartCloud } from "./cloud.js";

const group = (rules: string, name = "defect"): string =>
  `resources:\n  security_group:\n    ${name}:\n      rules:\n${rules
    .split("\n")
    .map((rule) => `        - ${rule}\n`)
    .join("")}`;

/** Thirteen things that other tools get wrong, each seen happening there; not here. */
export function defectSuite(t: Test, start: StartCloud): void {
  ruleDefects(t, start);
  identityDefects(t, start);
  credentialDefects(t, start);
  wholeResourceDefects(t, start);
}

function ruleDefects(t: Test, start: StartCloud): void {
  t.test("ICMP type 0 and code 0 stay what they are", async (t) => {
    const bench = await benchOn(t, start);
    bench.declare(group("{ ingress: icmp/0 }\n{ ingress: icmp/8/0 }"));
    await bench.apply();
    const [found] = await bench.cloud.hand.groups("defect");
    const kinds = (found?.rules ?? [])
      .filter((it) => it.direction === "ingress" && it.ethertype === "IPv4")
      .map((it) => [it.port_range_min, it.port_range_max]);
    t.strictSame(kinds.sort(), [
      [0, null],
      [8, 0],
    ]);
    await bench.planIsEmpty();
  });

  t.test("no spelling of a rule makes a difference for ever", async (t) => {
    const bench = await benchOn(t, start);
    bench.declare(
      group(
        [
          "{ ingress: tcp/22, from: 192.0.2.10 }",
          '{ ingress: tcp/23, from: "2001:0DB8:0:0::/32" }',
          '{ ingress: icmp, from: "2001:db8::/32" }',
          "{ ingress: tcp/1-65535, from: 198.51.100.0/24 }",
          "{ direction: ingress, ethertype: IPv4, protocol: '6', port_range_min: 80, port_range_max: 80, remote_ip_prefix: 0.0.0.0/0 }",
        ].join("\n"),
      ),
    );
    await bench.apply();
    await bench.planIsEmpty();
  });

  t.test("a remote or a description taken out of the file is a change", async (t) => {
    const bench = await benchOn(t, start);
    bench.declare(group("{ ingress: tcp/22, from: 10.0.0.0/8, description: inside }"));
    await bench.apply();
    bench.declare(group("{ ingress: tcp/22, from: 10.0.0.0/8 }"));
    t.equal((await bench.run("plan", "--detailed-exitcode")).code, 2, "the description");
    await bench.apply();
    await bench.planIsEmpty();
    bench.declare(group("{ ingress: tcp/22, from: anywhere-ipv4 }"));
    t.equal((await bench.run("plan", "--detailed-exitcode")).code, 2, "the remote");
    await bench.apply();
    await bench.planIsEmpty();
  });

  t.test("a rule added by hand is seen and taken away", async (t) => {
    const bench = await benchOn(t, start);
    bench.declare(group("{ ingress: https }"));
    await bench.apply();
    const [found] = await bench.cloud.hand.groups("defect");
    await bench.cloud.hand.addRule(found?.id ?? "", 3389);
    const plan = await bench.run("plan", "--detailed-exitcode");
    t.equal(plan.code, 2);
    t.match(plan.stdout, /- ingress tcp\/3389/u);
    await bench.apply();
    const [after] = await bench.cloud.hand.groups("defect");
    t.notOk(after?.rules.some((it) => it.port_range_min === 3389));
  });

  t.test("an edited description neither fails nor opens a gap unannounced", async (t) => {
    const bench = await benchOn(t, start);
    bench.declare(group("{ ingress: tcp/22, from: 10.0.0.0/8, description: old }"));
    await bench.apply();
    bench.declare(group("{ ingress: tcp/22, from: 10.0.0.0/8, description: new }"));
    t.notMatch((await bench.run("plan")).stdout, "traffic-gap", "others can stand in for the rule");
    const { stdout } = await bench.apply();
    t.notMatch(stdout, /refused for a moment/u);
    const [found] = await bench.cloud.hand.groups("defect");
    const ssh = found?.rules.filter((it) => it.port_range_min === 22);
    t.strictSame(
      ssh?.map((it) => it.description),
      ["new"],
    );
    await bench.planIsEmpty();

    const host = (description: string, more = "") =>
      group(`{ ingress: tcp/23, from: 192.0.2.1, description: ${description} }${more}`);
    bench.declare(host("old"));
    await bench.apply();
    bench.declare(host("new"));
    const plan = await bench.run("plan", "--verbose");
    t.match(plan.stdout, /warning\[traffic-gap\].*`ingress tcp\/23 from 192\.0\.2\.1\/32`/u);
    t.match(plan.stdout, "main.yaml:5:");
    t.match((await bench.apply()).stdout, /its traffic was refused for a moment/u);
    await bench.planIsEmpty();

    const wider = "\n{ ingress: tcp/23, from: 192.0.2.0/31 }";
    bench.declare(host("newer", wider));
    t.notMatch((await bench.run("plan")).stdout, "traffic-gap", "as the remedy has it");
    t.notMatch((await bench.apply()).stdout, /refused for a moment/u);
  });

  t.test("two equal rules are refused before anything is asked, with both places", async (t) => {
    const bench = await benchOn(t, start);
    bench.declare(
      group("{ ingress: ssh, from: 10.0.0.0/8 }\n{ ingress: tcp/22, from: 10.0.0.0/8 }"),
    );
    const { code, stderr } = await bench.run("validate");
    t.equal(code, 64, "validate takes no --cloud");
    t.ok(stderr);
    const ended = await runCli(["validate"], { cwd: bench.cwd });
    t.equal(ended.code, 1);
    t.match(ended.stderr, /duplicate-rule/u);
    t.match(ended.stderr, /main\.yaml:5/u);
    t.match(ended.stderr, /main\.yaml:6/u);
    t.equal((await bench.run("apply", "--auto-approve")).code, 1);
    t.strictSame(await bench.cloud.hand.groups("defect"), []);
  });
}

function identityDefects(t: Test, start: StartCloud): void {
  const key = `resources:
  key_pair:
    mine:
      name: defect-mine
      private_key_file: mine.pem
`;

  t.test("another user is told so, instead of being offered to create all anew", async (t) => {
    const bench = await benchOn(t, start);
    bench.declare(key);
    await bench.apply();
    const { cloud, cwd } = bench;
    const other = await runCli(["plan", ...cloud.otherUser], { cwd, env: cloud.env });
    t.equal(other.code, 1);
    t.match(other.stderr, /belongs to user/u);
    t.match(other.stderr, /reader/u);
    t.match(other.stderr, /demo/u);
  });

  t.test("a state made in one project is refused in another, with both named", async (t) => {
    const bench = await benchOn(t, start);
    bench.declare(group("{ ingress: https }"));
    await bench.apply();
    const { cloud, cwd } = bench;
    const other = await runCli(["plan", ...cloud.otherProject], { cwd, env: cloud.env });
    t.equal(other.code, 1);
    t.match(other.stderr, /belongs to project demo/u);
    t.match(other.stderr, /demo2/u);
  });

  t.test(
    "no private key is in state, its backup or the output, and files are their owner's",
    async (t) => {
      const bench = await benchOn(t, start);
      bench.declare(`${key}  application_credential:
    robot:
      name: defect-robot
      roles: [member]
      write_to: { json: robot.json }
`);
      const first = await bench.apply();
      const second = await bench.run("apply", "--auto-approve", "--verbose");
      const shown = await runCli(["show", "--json"], { cwd: bench.cwd });
      const pem = readFileSync(join(bench.cwd, "mine.pem"), "utf8").split("\n")[1] ?? "";
      const robot: { secret: string } = JSON.parse(
        readFileSync(join(bench.cwd, "robot.json"), "utf8"),
      );
      const secrets = [pem, robot.secret];
      t.ok(secrets.every((it) => it.length > 20));
      const streams = [first, second, shown].flatMap((it) => [it.stdout, it.stderr]);
      const files = readdirSync(bench.cwd).filter((it) => it.startsWith("portcullis.state"));
      t.ok(files.length > 1, "there is a backup");
      for (const file of files) {
        t.equal(statSync(join(bench.cwd, file)).mode & 0o777, 0o600, file);
        streams.push(readFileSync(join(bench.cwd, file), "utf8"));
      }
      for (const text of streams) t.notOk(secrets.some((secret) => text.includes(secret)));
    },
  );
}

function credentialDefects(t: Test, start: StartCloud): void {
  const credential = (expiry: string) => `resources:
  application_credential:
    robot:
      name: defect-robot
      roles: [member]
      expires_at: ${expiry}
      write_to: { json: robot.json }
`;

  t.test("an expiry with an offset is that instant, and stays so", async (t) => {
    const bench = await benchOn(t, start);
    bench.declare(credential("2030-06-30T02:00:00+02:00"));
    await bench.apply();
    t.match(await bench.cloud.hand.expiry("defect-robot"), /^2030-06-30T00:00:00/u);
    await bench.planIsEmpty();
  });

  t.test("an expired credential is shown as such and replaced", async (t) => {
    const bench = await benchOn(t, start);
    bench.declare(credential("{ in: 3s }"));
    await bench.apply();
    await setTimeout(3500);
    const plan = await bench.run("plan", "--detailed-exitcode");
    t.equal(plan.code, 2);
    t.match(plan.stdout, /expired/u);
    bench.declare(credential("{ in: 90d }"));
    await bench.apply();
    await bench.planIsEmpty();
  });
}

function wholeResourceDefects(t: Test, start: StartCloud): void {
  t.test("a group that is adopted comes with its rules", async (t) => {
    const bench = await benchOn(t, start);
    bench.declare(
      group("{ ingress: all, from: self }\n{ ingress: ssh, from: 203.0.113.0/24 }", "default"),
    );
    const [before] = await bench.cloud.hand.groups("default");
    for (const rule of before?.rules ?? []) {
      if (rule.port_range_min === 22) await bench.cloud.hand.deleteRule(rule.id);
    }
    const plan = await bench.run("plan");
    t.match(plan.stdout, /default group/u);
    t.match(plan.stdout, /\+ ingress tcp\/22 from 203\.0\.113\.0\/24/u);
    t.notMatch(plan.stdout, /[+-] ingress any.* from itself/u, "what it has already is kept");
    await bench.apply();
    await bench.planIsEmpty();
  });

  t.test("x509 key pairs can be had", async (t) => {
    const bench = await benchOn(t, start);
    bench.declare(`resources:
  key_pair:
    client:
      name: defect-client
      type: x509
      private_key_file: client.pem
`);
    await bench.apply();
    t.ok(existsSync(join(bench.cwd, "client.pem")));
    t.match(readFileSync(join(bench.cwd, "client.pem"), "utf8"), /BEGIN CERTIFICATE/u);
    await bench.planIsEmpty();
  });

  t.test("a group in use says what uses it, within a bounded time", async (t) => {
    const bench = await benchOn(t, start);
    bench.declare(group("{ ingress: https }"));
    await bench.apply();
    const [found] = await bench.cloud.hand.groups("defect");
    const release = await bench.cloud.hand.putOnPort(found?.id ?? "");
    const ended = await runCli(["destroy", "--auto-approve", ...bench.cloud.options], {
      cwd: bench.cwd,
      env: bench.cloud.env,
      hurried: true,
    });
    t.equal(ended.code, 1);
    t.match(ended.stdout + ended.stderr, /port/u);
    await release();
  });
}
