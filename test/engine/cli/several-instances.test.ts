import t from "tap";
import { cliBench } from "../../helpers/cli-bench.js";

const YAML = `resources:
  key_pair:
    people: { for_each: [bob, ada], private_key_file: "\${each.key}.pem" }
  application_credential:
    jobs: { for_each: [ci], roles: [member], write_to: { json: "\${each.key}.json" } }
`;

const PEOPLE = 'key_pair.people["ada"], key_pair.people["bob"]';

t.test("an address without its key is refused with the instances that it may mean", async (t) => {
  const bench = await cliBench(t, YAML);
  await bench.expect(0, "apply", "--auto-approve");
  const jobs = 'application_credential.jobs["ci"]';
  const cases: readonly (readonly [readonly string[], string])[] = [
    [["plan", "--replace", "key_pair.people"], PEOPLE],
    [["apply", "--auto-approve", "--replace", "key_pair.people['eve']"], PEOPLE],
    [["show", "key_pair.people"], PEOPLE],
    [["state", "show", "key_pair.people"], PEOPLE],
    [["state", "rm", "key_pair.people"], PEOPLE],
    [["state", "rm", `${jobs}`, "key_pair.people"], PEOPLE],
    [["token", "--credential", "application_credential.jobs"], jobs],
  ];
  for (const [argv, named] of cases) {
    const { stdout, stderr } = await bench.expect(64, ...argv);
    t.equal(stdout, "", argv.join(" "));
    t.match(
      stderr.replaceAll(/\s+/gu, " "),
      `It has ${named}; a shell wants the address in single quotes.`,
      argv.join(" "),
    );
  }
  t.equal((await bench.expect(0, "state", "list")).stdout.split("\n").length, 4, "none is gone");
});

t.test("the key of an instance may stand in single quotes on the command line", async (t) => {
  const bench = await cliBench(t, YAML);
  await bench.expect(0, "apply", "--auto-approve");
  const jobs = "application_credential.jobs['ci']";
  const planned = await bench.expect(2, "plan", "--detailed-exitcode", "--replace", jobs);
  t.match(planned.stdout, 'application_credential.jobs["ci"]');
  t.match((await bench.expect(0, "show", "key_pair.people['ada']")).stdout, "1 resource");
  await bench.expect(0, "token", "--credential", jobs);
  const twice = ["key_pair.people['ada']", 'key_pair.people["ada"]'];
  const { stdout } = await bench.expect(0, "state", "rm", ...twice);
  t.equal(
    stdout,
    'key_pair.people["ada"] is forgotten; what it was in the cloud is still there.\n',
    "the address is the state's",
  );
  t.equal(
    (await bench.expect(0, "state", "list")).stdout,
    'application_credential.jobs["ci"]\nkey_pair.people["bob"]\n',
  );
});
