import { existsSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import t, { type Test } from "tap";
import { fileStateStore } from "../../../state/file-store.js";
import { typing } from "../../helpers/cli.js";
import { cliBench } from "../../helpers/cli-bench.js";

const yaml = "resources: { security_group: { web: {} } }\n";

const owner = {
  run: "0b6ee1d2-5f0c-4b3e-9c1e-2f6f5d3a7b10",
  user: "ada",
  host: hostname(),
  pid: process.pid,
  command: "portcullis apply",
  since: "2026-11-23T12:00:00.000Z",
};

/** A state that a run has locked that will not release it. */
async function lockedBench(t: Test) {
  const bench = await cliBench(t, yaml);
  const path = join(bench.cwd, "portcullis.state.json");
  await fileStateStore({ path, host: hostname() }).lock(owner);
  return { bench, lock: `${path}.lock` };
}

t.test("the refusal of a locked state tells the ID that unlocks it", async (t) => {
  const { bench, lock } = await lockedBench(t);
  const { stderr } = await bench.expect(12, "apply", "--auto-approve");
  t.match(stderr, `lock ID: ${owner.run}`);
  t.match(stderr, "--lock-timeout 5m");
  const [, command = ""] = /`portcullis (force-unlock [\w-]+)`/u.exec(stderr) ?? [];
  const { stdout } = await bench.expect(0, ...command.split(" "), "--force");
  t.match(stdout, "The state is unlocked");
  t.notOk(existsSync(lock));
  await bench.expect(0, "apply", "--auto-approve");
});

t.test("it asks, and only yes is a yes", async (t) => {
  const { bench, lock } = await lockedBench(t);
  const unlock = ["force-unlock", owner.run];
  const declined = await bench.run(unlock, { keyboard: typing("y\n") });
  t.equal(declined.code, 10);
  t.match(declined.stdout, `ada on ${hostname()} (process ${process.pid})`);
  t.ok(existsSync(lock));
  t.match((await bench.expect(64, ...unlock)).stderr, "There is no terminal to ask");
  t.ok(existsSync(lock));
  t.equal((await bench.run(unlock, { keyboard: typing("yes\n") })).code, 0);
  t.notOk(existsSync(lock));
});

t.test("another ID unlocks nothing, and the one that holds is told", async (t) => {
  const { bench, lock } = await lockedBench(t);
  for (const id of ["another", owner.run.slice(0, 8)]) {
    const { stderr } = await bench.expect(12, "force-unlock", id, "--auto-approve");
    t.match(stderr, `lock ID: ${owner.run}`);
    t.ok(existsSync(lock));
  }
});

t.test("where nothing is locked there is nothing to unlock", async (t) => {
  const bench = await cliBench(t, yaml);
  t.match((await bench.expect(64, "force-unlock", owner.run, "--force")).stderr, "not locked");
  const missing = await bench.expect(64, "force-unlock");
  t.match(missing.stderr, "missing required argument 'id'");
});

t.test("a lock that does not say whose it is has no ID: its file is named", async (t) => {
  const { bench, lock } = await lockedBench(t);
  writeFileSync(lock, "{");
  const { stderr } = await bench.expect(12, "force-unlock", owner.run, "--force");
  t.match(stderr, `remove ${lock}`);
});

t.test("a wait for the lock ends with its refusal", async (t) => {
  const { bench } = await lockedBench(t);
  for (const argv of [
    ["apply", "--auto-approve"],
    ["state", "rm", "security_group.web"],
  ]) {
    const { stderr } = await bench.expect(12, ...argv, "--lock-timeout", "1s");
    t.match(stderr, /^Waiting for the lock, 1s left: ada on \S+ runs `portcullis apply`/u);
    t.equal(stderr.split("Waiting for").length, 2, "one line in a pipe");
    t.match(stderr, "error[state-locked]");
  }
});

t.test("what is no duration or lease is usage", async (t) => {
  const bench = await cliBench(t, yaml);
  for (const text of ["soon", "5", "", "-1s", "1.5m", "5 m", "1s1h"]) {
    const { stderr } = await bench.expect(64, "apply", `--lock-timeout=${text}`);
    t.match(stderr, /It takes a duration such as 90s, 5m or 1h30m|argument missing/u, text);
  }
  for (const lease of ["0", "-1", "soon", "1m", "1000000"]) {
    const { code, stderr } = await bench.run(["apply", "--auto-approve"], {
      env: { PORTCULLIS_LOCK_LEASE: lease },
    });
    t.equal(code, 64);
    t.match(stderr, `PORTCULLIS_LOCK_LEASE is "${lease}"`);
  }
  await bench.expect(0, "apply", "--auto-approve", "--lock-timeout=1h30m");
});
