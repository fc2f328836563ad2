import t from "tap";
import { cliBench } from "../../helpers/cli-bench.js";

const YAML = "resources:\n  security_group:\n    web: {}\n";

t.test("variables by which somebody else would log in are warned of, once", async (t) => {
  const bench = await cliBench(t, YAML);
  const env = { OS_PROJECT_NAME: "demo2", OS_USERNAME: "demo2", OS_PASSWORD: "x" };
  for (const argv of [["plan"], ["plan", "--json"], ["apply", "--auto-approve"], ["drift"]]) {
    const { stderr, stdout, code } = await bench.run(argv, { env });
    t.equal(code, 0, stderr);
    const said = stderr.replaceAll(/\s+/gu, " ");
    t.match(
      said,
      /warning\[variable-not-used\]: not used: OS_PROJECT_NAME, OS_USERNAME, since the cloud "sandbox" of \S+ says who logs in, and where/u,
    );
    t.equal(said.split("variable-not-used").length, 2);
    t.notMatch(stdout, "variable-not-used");
  }
});

t.test("variables that say the same, and those that add, are not", async (t) => {
  const bench = await cliBench(t, YAML);
  const env = { OS_PROJECT_NAME: "demo", OS_USERNAME: "demo", OS_INTERFACE: "public" };
  const { stderr } = await bench.run(["plan"], { env });
  t.equal(stderr, "");
});
