import t, { type Test } from "tap";
import { type CliBench, cliBench } from "../../helpers/cli-bench.js";

const yaml = `resources:
  security_group:
    web:
      description: one
      rules:
        - { ingress: ssh, from: 10.0.0.0/8 }
        - { ingress: https, from: 10.0.0.0/8 }
  key_pair:
    laptop:
      private_key_file: laptop.pem
  application_credential:
    ci:
      write_to: { json: ci.json }
`;

/** What was changed by hand, and then looked at. */
async function drifted(t: Test, change: (bench: CliBench) => Promise<void>) {
  const bench = await cliBench(t, yaml);
  await bench.expect(0, "apply", "--auto-approve");
  await bench.expect(0, "drift");
  const before = bench.read("portcullis.state.json");
  await change(bench);
  const { stdout } = await bench.expect(3, "drift");
  t.equal(bench.read("portcullis.state.json"), before, "nothing is written");
  const [group] = await bench.cloud.hand.groups("web");
  await bench.expect(0, "apply", "--auto-approve");
  await bench.expect(0, "drift");
  await bench.expect(0, "plan", "--detailed-exitcode");
  return { bench, stdout, group };
}

t.test("a rule removed by hand is drift, at the line that declares it", async (t) => {
  const { bench, stdout, group } = await drifted(t, async ({ cloud }) => {
    const [found] = await cloud.hand.groups("web");
    const ssh = found?.rules.find((it) => it.port_range_min === 22);
    await cloud.hand.deleteRule(ssh?.id ?? "");
  });
  t.match(stdout, "Drift: 1 changed outside of Portcullis");
  t.match(stdout, /security_group\.web .*changed outside/u);
  t.match(stdout, /last changed/u);
  t.match(stdout, /- ingress tcp\/22 from 10\.0\.0\.0\/8.*main\.yaml:6/su);
  const [after] = await bench.cloud.hand.groups("web");
  t.equal(after?.id, group?.id, "it is mended in place");
});

t.test("a rule added by hand is drift, at the group's rules", async (t) => {
  const { stdout } = await drifted(t, async ({ cloud }) => {
    const [found] = await cloud.hand.groups("web");
    await cloud.hand.addRule(found?.id ?? "", 3389);
  });
  t.match(stdout, /\+ ingress tcp\/3389 from anywhere \(IPv4\)/u);
  t.match(stdout, "main.yaml:");
});

t.test("a deleted group is drift, and is made again", async (t) => {
  const { stdout } = await drifted(t, ({ cloud }) => cloud.hand.deleteGroups("web"));
  t.match(stdout, "Drift: 1 deleted outside of Portcullis");
  t.match(stdout, /security_group\.web .*deleted outside.*main\.yaml:3/u);
  t.match(stdout, "apply would create it");
});

t.test("a deleted credential is drift, and a new one is delivered", async (t) => {
  const { stdout } = await drifted(t, ({ cloud }) => cloud.hand.deleteCredential("ci"));
  t.match(stdout, /application_credential\.ci .*deleted outside.*main\.yaml:12/u);
});

t.test("a key pair swapped by hand is drift", async (t) => {
  const bench = await cliBench(t, yaml);
  await bench.expect(0, "apply", "--auto-approve");
  const other = await cliBench(
    t,
    "resources: { key_pair: { laptop: { private_key_file: x.pem } } }\n",
  );
  await bench.cloud.hand.deleteKeyPair("laptop");
  const swap = await other.run(["apply", "--auto-approve"], { env: bench.env });
  t.equal(swap.code, 0, swap.stderr);
  const { stdout } = await bench.expect(3, "drift");
  t.match(stdout, /key_pair\.laptop .*changed outside.*main\.yaml:9/u);
  t.match(stdout, "public_key");
  await bench.expect(2, "plan", "--detailed-exitcode");
});

t.test("drift beside changes that were not applied has an exit code of its own", async (t) => {
  const bench = await cliBench(t, yaml);
  await bench.expect(0, "apply", "--auto-approve");
  bench.write("main.yaml", yaml.replace("one", "two"));
  t.match((await bench.expect(0, "drift")).stdout, "No drift");
  const [found] = await bench.cloud.hand.groups("web");
  const rule = await bench.cloud.hand.addRule(found?.id ?? "", 3389);
  await bench.expect(4, "drift");
  await bench.cloud.hand.deleteRule(rule);
  await bench.cloud.hand.deleteKeyPair("laptop");
  const { stdout } = await bench.expect(4, "drift", "--json");
  t.match(JSON.parse(stdout), {
    summary: { changed: 0, deleted: 1 },
    drift: [{ address: "key_pair.laptop", kind: "deleted", file: "main.yaml", line: 9 }],
  });
});
