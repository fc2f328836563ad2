import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import t from "tap";
import { fileStateStore } from "../../../state/file-store.js";
import { cliBench } from "../../helpers/cli-bench.js";

const yaml = `resources:
  security_group:
    web: {}
    database: {}
outputs:
  name: "\${security_group.web.name}"
  port: 22
`;

const owner = (pid: number) => ({
  run: `run-${pid}`,
  user: "ada",
  host: hostname(),
  pid,
  command: "portcullis apply",
  since: "2026-11-23T12:00:00.000Z",
});

t.test("a state that a living run holds is left alone, and its owner is named", async (t) => {
  const bench = await cliBench(t, yaml);
  await bench.expect(0, "apply", "--auto-approve");
  const path = join(bench.cwd, "portcullis.state.json");
  const lock = await fileStateStore({ path, host: hostname() }).lock(owner(process.pid));
  for (const argv of [
    ["apply", "--auto-approve"],
    ["destroy", "--auto-approve"],
    ["state", "rm", "security_group.web"],
    ["state", "mv", "security_group.web", "security_group.front"],
  ]) {
    const { stderr } = await bench.expect(12, ...argv);
    t.match(stderr, "locked by ada");
    t.match(stderr, `process ${process.pid}`);
    t.match(stderr, "`portcullis apply` since 2026-11-23T12:00:00.000Z");
  }
  for (const reading of ["plan", "drift", "show"]) await bench.expect(0, reading);
  await lock.release();
  await bench.expect(0, "apply", "--auto-approve");
});

t.test("the lock of a dead run is taken over, and that is said", async (t) => {
  const bench = await cliBench(t, yaml);
  const path = join(bench.cwd, "portcullis.state.json");
  const dead = 2 ** 22 + 1;
  await fileStateStore({ path, host: hostname() }).lock(owner(dead));
  const { stderr } = await bench.expect(0, "apply", "--auto-approve");
  t.match(
    stderr,
    `The lock of a run that is dead was taken over (ada on ${hostname()}, process ${dead}`,
  );
  t.notOk(existsSync(`${path}.lock`));
});

t.test("of two runs at once one applies and the other is refused", async (t) => {
  let arrived = () => {};
  let go = () => {};
  const reached = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const gone = new Promise<void>((resolve) => {
    go = resolve;
  });
  const bench = await cliBench(t, yaml, {
    onRequest: async ({ method, path }) => {
      if (method !== "POST" || !path.endsWith("/security-groups")) return;
      arrived();
      await gone;
    },
  });
  const first = bench.run(["apply", "--auto-approve"]);
  await reached;
  await bench.expect(12, "apply", "--auto-approve");
  go();
  t.equal((await first).code, 0);
  t.equal((await bench.cloud.hand.groups("web")).length, 1);
});

t.test("`state rm` forgets, and the next plan meets what is still there", async (t) => {
  const bench = await cliBench(t, yaml);
  await bench.expect(0, "apply", "--auto-approve");
  const { stdout } = await bench.expect(0, "state", "list");
  t.equal(stdout, "security_group.database\nsecurity_group.web\n");
  const json = await bench.expect(0, "state", "list", "--json");
  t.strictSame(JSON.parse(json.stdout), ["security_group.database", "security_group.web"]);
  const missing = await bench.expect(64, "state", "rm", "security_group.web", "key_pair.none");
  t.match(missing.stderr, "The state has no key_pair.none; nothing was removed");
  t.equal((await bench.expect(0, "state", "list")).stdout, stdout);
  const removed = await bench.expect(0, "state", "rm", "security_group.web");
  t.match(
    removed.stdout,
    "security_group.web is forgotten; what it was in the cloud is still there",
  );
  t.equal((await bench.expect(0, "state", "list")).stdout, "security_group.database\n");
  t.equal((await bench.cloud.hand.groups("web")).length, 1);
  const plan = await bench.run(["plan"]);
  t.match(`${plan.stdout}${plan.stderr}`, /already-exists.*"web" that is\s+not managed here/su);
});

t.test("without a state file there is nothing, and reading makes none", async (t) => {
  const bench = await cliBench(t, yaml);
  t.match((await bench.expect(0, "show")).stdout, "0 resources");
  t.equal((await bench.expect(0, "state", "list")).stdout, "");
  t.equal((await bench.expect(0, "output")).stdout, "");
  await bench.expect(2, "plan", "--detailed-exitcode");
  await bench.expect(0, "drift");
  t.notOk(existsSync(join(bench.cwd, "portcullis.state.json")));
});

t.test("what the state does not have is usage, with what there is", async (t) => {
  const bench = await cliBench(t, yaml);
  await bench.expect(0, "apply", "--auto-approve");
  for (const argv of [
    ["show", "security_group.none"],
    ["state", "show", "security_group.none"],
    ["show", "nonsense"],
  ]) {
    const { stdout, stderr } = await bench.expect(64, ...argv);
    t.equal(stdout, "");
    t.match(stderr, "`portcullis state list` shows what it has");
  }
  t.match((await bench.expect(64, "output", "none")).stderr, "it has: name, port");
  t.match((await bench.expect(64, "output", "--raw")).stderr, "--raw needs the name");
});

t.test("outputs are printed for people, for programs and bare", async (t) => {
  const bench = await cliBench(t, yaml);
  await bench.expect(0, "apply", "--auto-approve");
  t.match((await bench.expect(0, "output")).stdout, /name = "web"/u);
  t.strictSame(JSON.parse((await bench.expect(0, "output", "--json")).stdout), {
    name: "web",
    port: 22,
  });
  t.equal((await bench.expect(0, "output", "name")).stdout, "web\n");
  t.equal((await bench.expect(0, "output", "name", "--raw")).stdout, "web");
  t.equal((await bench.expect(0, "output", "name", "--json")).stdout, '"web"\n');
  t.equal((await bench.expect(0, "output", "port", "--raw")).stdout, "22");
  t.notMatch((await bench.expect(0, "destroy", "--auto-approve")).stdout, "Outputs");
  t.equal((await bench.expect(0, "output", "--json")).stdout, "{}\n");
});

t.test("a damaged state is told and never written over", async (t) => {
  const bench = await cliBench(t, yaml);
  await bench.expect(0, "apply", "--auto-approve");
  const whole = bench.read("portcullis.state.json");
  for (const damaged of ["", "{", whole.slice(0, -20), '{"format_version": 99}']) {
    bench.write("portcullis.state.json", damaged);
    for (const argv of [["plan"], ["apply", "--auto-approve"], ["show"], ["state", "list"]]) {
      const { stdout, stderr } = await bench.expect(1, ...argv);
      t.equal(stdout, "");
      t.match(stderr, "state-unreadable");
      t.match(stderr, "portcullis.state.json");
    }
    t.equal(bench.read("portcullis.state.json"), damaged);
  }
  bench.write("portcullis.state.json", whole);
  await bench.expect(0, "plan", "--detailed-exitcode");
});

t.test("--state keeps the state elsewhere, relative to the working directory", async (t) => {
  const bench = await cliBench(t, yaml);
  mkdirSync(join(bench.cwd, "config"));
  mkdirSync(join(bench.cwd, "states"));
  writeFileSync(join(bench.cwd, "config", "main.yaml"), yaml);
  const where = ["-C", "config", "--state", "states/one.json"];
  await bench.expect(0, "apply", "--auto-approve", ...where);
  t.match(JSON.parse(readFileSync(join(bench.cwd, "states", "one.json"), "utf8")), { serial: 2 });
  t.notOk(existsSync(join(bench.cwd, "config", "portcullis.state.json")));
  await bench.expect(0, "plan", "--detailed-exitcode", ...where);
  t.match((await bench.expect(0, "show", ...where)).stdout, "2 resources");
  const nowhere = await bench.expect(1, "apply", "--auto-approve", "--state", "none/one.json");
  t.match(nowhere.stderr, "none/one.json");
  t.match(nowhere.stderr, "its folder does not exist");
});

t.test("an address that lacks its key is answered with the instances'", async (t) => {
  const bench = await cliBench(
    t,
    `resources:
  security_group:
    app:
      for_each: [ada, bob]
      name: "app-\${each.key}"
`,
  );
  await bench.expect(0, "apply", "--auto-approve");
  const { stderr } = await bench.expect(64, "show", "security_group.app");
  t.match(stderr, 'It has security_group.app["ada"], security_group.app["bob"]');
});
