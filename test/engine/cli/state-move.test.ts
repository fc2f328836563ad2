import t from "tap";
import { stagingPath } from "../../../providers/openstack/secret/staging-path.js";
import { cliBench } from "../../helpers/cli-bench.js";

const yaml = (name: string) => `resources:
  security_group:
    ${name}:
      name: shop-app
      rules: [{ ingress: https }]
    a-database:
      rules: [{ ingress: postgresql, from: security_group.${name} }]
  key_pair:
    people:
      for_each: [ada, grace]
      private_key_file: "\${each.key}.pem"
`;

t.test("an instance gets another address, and nothing of it changes in the cloud", async (t) => {
  const bench = await cliBench(t, yaml("app"));
  await bench.expect(0, "apply", "--auto-approve");
  const before = JSON.parse((await bench.expect(0, "show", "--json")).stdout);
  const moved = await bench.expect(0, "state", "mv", "security_group.app", "security_group.front");
  t.match(moved.stdout, "security_group.app is security_group.front now.");
  bench.write("main.yaml", yaml("front"));
  const plan = await bench.expect(0, "plan", "--detailed-exitcode");
  t.match(plan.stdout, "No changes.");
  await bench.expect(0, "state", "verify");
  await bench.expect(0, "state", "mv", "security_group.front", "security_group.app");
  const after = JSON.parse((await bench.expect(0, "show", "--json")).stdout);
  t.strictSame({ ...after, serial: 0 }, { ...before, serial: 0 });
  bench.write("main.yaml", yaml("app"));
  t.match((await bench.expect(0, "destroy", "--auto-approve")).stdout, "4 deleted");
});

t.test("an instance of for_each gets another key, or none", async (t) => {
  const bench = await cliBench(t, yaml("app"));
  await bench.expect(0, "apply", "--auto-approve");
  await bench.expect(0, "state", "mv", 'key_pair.people["ada"]', "key_pair.people['eve']");
  await bench.expect(0, "state", "mv", "key_pair.people['eve']", "key_pair.chief");
  const { stdout } = await bench.expect(0, "state", "list");
  t.match(stdout, 'key_pair.chief\nkey_pair.people["grace"]\n');
  await bench.expect(0, "state", "verify");
});

t.test("what cannot be moved is refused, and nothing is changed", async (t) => {
  const bench = await cliBench(t, yaml("app"));
  await bench.expect(0, "apply", "--auto-approve");
  const before = bench.read("portcullis.state.json");
  for (const [from, to, words] of [
    ["security_group.none", "security_group.b", "The state has no security_group.none"],
    ["key_pair.people", "key_pair.b", 'It has key_pair.people["ada"]'],
    ["security_group.app", "front", "front is no address"],
    ["security_group.app", "key_pair.app", "key_pair.app is of another kind"],
    ["security_group.app", "security_group.a-database", "has security_group.a-database already"],
    ["security_group.app", "security_group.app", "has security_group.app already"],
  ] as const) {
    const { stderr } = await bench.expect(64, "state", "mv", from, to);
    t.match(stderr, words);
    t.match(stderr, "nothing was changed");
  }
  t.equal(bench.read("portcullis.state.json"), before);
});

t.test("what waits to be delivered waits under its address, and is not moved away", async (t) => {
  const bench = await cliBench(t, yaml("app"));
  await bench.expect(0, "apply", "--auto-approve");
  const address = { type: "key_pair", name: "people", key: "ada" };
  bench.write(stagingPath(address, "ada.pem"), "a key");
  const argv = ["state", "mv", "key_pair.people['ada']", "key_pair.chief"];
  const { stderr } = await bench.expect(64, ...argv);
  t.match(stderr, 'An interrupted run has left key_pair.people["ada"] half done');
});
