import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { cliBench } from "../../helpers/cli-bench.js";
import { startCli } from "../../helpers/cli-process.js";

const yaml = `resources:
  security_group:
    web: { description: marmalade }
`;

const ONE = { PORTCULLIS_STATE_PASSPHRASE: "a passphrase of some length" };
const STATE = "portcullis.state.json";

t.test(
  "with a passphrase the state and the plan are encrypted, and everything works",
  async (t) => {
    const bench = await cliBench(t, yaml);
    const run = async (code: number, env: Record<string, string>, ...argv: string[]) => {
      const ended = await bench.run(argv, { env });
      t.equal(ended.code, code, `${argv.join(" ")}: ${ended.stdout}${ended.stderr}`);
      return ended;
    };
    await run(0, ONE, "plan", "--out", "change.plan");
    await run(0, ONE, "apply", "change.plan");
    for (const path of ["change.plan", STATE])
      t.notMatch(bench.read(path), /marmalade|security_group/u, path);
    t.match((await run(0, ONE, "state", "list")).stdout, "security_group.web");
    await run(11, ONE, "apply", "change.plan");

    const before = bench.read(STATE);
    for (const argv of [
      ["plan"],
      ["apply", "--auto-approve"],
      ["apply", "change.plan"],
      ["show"],
    ]) {
      const { stderr } = await run(1, {}, ...argv);
      t.match(stderr, "error[no-passphrase]");
      t.match(stderr, "PORTCULLIS_STATE_PASSPHRASE_FILE");
    }
    const wrong = { PORTCULLIS_STATE_PASSPHRASE: "not the right passphrase" };
    t.match((await run(1, wrong, "apply", "--auto-approve")).stderr, "error[wrong-passphrase]");
    t.match((await run(1, wrong, "apply", "change.plan")).stderr, "error[wrong-passphrase]");
    t.equal(bench.read(STATE), before);

    bench.write(
      "change.plan",
      bench.read("change.plan").replace(/"sealed": "..../u, '"sealed": "AAAA'),
    );
    t.match((await run(1, ONE, "apply", "change.plan")).stderr, "error[plan-unreadable]");
  },
);

t.test("a passphrase comes from a file or a command, and is changed by rotate-key", async (t) => {
  const bench = await cliBench(t, yaml);
  bench.write("one.txt", "a passphrase of some length\n");
  bench.write("two.txt", "another passphrase, as long");
  const file = { PORTCULLIS_STATE_PASSPHRASE_FILE: "one.txt" };
  t.equal((await bench.run(["apply", "--auto-approve"], { env: file })).code, 0);
  const env = {
    PORTCULLIS_STATE_PASSPHRASE_COMMAND: "cat two.txt",
    PORTCULLIS_STATE_OLD_PASSPHRASE_COMMAND: JSON.stringify(["cat", "one.txt"]),
  };
  const rotated = await bench.run(["state", "rotate-key"], { env });
  t.equal(rotated.code, 0, rotated.stderr);
  t.match(rotated.stdout, "and its backup are encrypted with the passphrase given now");
  t.match(rotated.stderr, "the next write takes the new one");
  t.equal((await bench.run(["show"], { env: file })).code, 1);
  const two = { PORTCULLIS_STATE_PASSPHRASE_FILE: "two.txt" };
  t.equal((await bench.run(["plan", "--detailed-exitcode"], { env: two })).code, 0);

  const off = { PORTCULLIS_STATE_OLD_PASSPHRASE_FILE: "two.txt" };
  const plain = await bench.run(["state", "rotate-key"], { env: off });
  t.match(plain.stdout, "are in plain text");
  await bench.expect(0, "plan", "--detailed-exitcode");
  const again = await bench.run(["plan"], { env: two });
  t.match(again.stderr, "is not encrypted; the next write encrypts it");
});

t.test("a rotation says which copies stay under which passphrase, and leaves them", async (t) => {
  const bench = await cliBench(t, yaml);
  await bench.expect(0, "apply", "--auto-approve");
  bench.write(`${STATE}.damaged-1`, bench.read(STATE));
  t.equal((await bench.run(["state", "rotate-key"], { env: ONE })).code, 0);
  bench.write(`${STATE}.backup.kept-1`, bench.read(STATE));
  bench.write(`${STATE}.journal.damaged-1`, "");
  const kept = ["damaged-1", "backup.kept-1", "journal.damaged-1"].map((it) => `${STATE}.${it}`);
  const before = kept.map((it) => bench.read(it));
  const env = {
    PORTCULLIS_STATE_PASSPHRASE: "another passphrase, as long",
    PORTCULLIS_STATE_OLD_PASSPHRASE: ONE.PORTCULLIS_STATE_PASSPHRASE,
  };
  const { code, stdout } = await bench.run(["state", "rotate-key"], { env });
  t.equal(code, 0);
  t.match(stdout, /Copies that were kept stay as they are:/u);
  t.match(stdout, /\.backup\.kept-1: encrypted with the old passphrase/u);
  t.match(stdout, /\.damaged-1: in plain text/u);
  t.match(stdout, /\.journal\.damaged-1: damaged/u);
  t.match(stdout, /keep it with them, or remove them/u);
  t.strictSame(
    kept.map((it) => bench.read(it)),
    before,
  );
});

t.test("a mistake in the settings is told, and nothing is written", async (t) => {
  const bench = await cliBench(t, yaml);
  bench.write("short.txt", "short\n");
  const cases: readonly (readonly [Record<string, string>, number, RegExp])[] = [
    [{ ...ONE, PORTCULLIS_STATE_PASSPHRASE_FILE: "a" }, 64, /are both set/u],
    [{ PORTCULLIS_STATE_PASSPHRASE: "" }, 64, /is set and empty/u],
    [{ PORTCULLIS_STATE_PASSPHRASE_FILE: "" }, 64, /is set and empty/u],
    [{ PORTCULLIS_STATE_PASSPHRASE_FILE: "short.txt" }, 64, /has 5 characters.*16 or more/su],
    [{ PORTCULLIS_STATE_PASSPHRASE_FILE: "none.txt" }, 1, /cannot read the passphrase file/u],
    [{ PORTCULLIS_STATE_PASSPHRASE_COMMAND: "false" }, 1, /\(false\) exited with 1/u],
    [{ PORTCULLIS_STATE_PASSPHRASE_COMMAND: "true" }, 64, /is empty/u],
    [{ PORTCULLIS_STATE_PASSPHRASE_COMMAND: "no-such-program x" }, 1, /could not be started/u],
    [{ PORTCULLIS_STATE_PASSPHRASE_COMMAND: "[1]" }, 64, /is no JSON list of words/u],
  ];
  for (const [env, code, message] of cases) {
    const ended = await bench.run(["apply", "--auto-approve"], { env });
    t.equal(ended.code, code, ended.stderr);
    t.match(ended.stderr, message);
    t.notOk(existsSync(join(bench.cwd, STATE)));
  }
});

t.test("a rotation that is killed at any moment is done by the next one", async (t) => {
  const bench = await cliBench(t, yaml);
  await bench.run(["apply", "--auto-approve"], { env: ONE });
  const whole = bench.read(STATE);
  const env = {
    PORTCULLIS_STATE_PASSPHRASE: "another passphrase, as long",
    PORTCULLIS_STATE_OLD_PASSPHRASE: ONE.PORTCULLIS_STATE_PASSPHRASE,
  };
  for (const moment of ["before .backup", "after .backup", "before .json", "after .json"]) {
    writeFileSync(join(bench.cwd, STATE), whole);
    writeFileSync(join(bench.cwd, `${STATE}.backup`), whole);
    const victim = startCli(["state", "rotate-key"], {
      cwd: bench.cwd,
      env: { ...env, NODE_OPTIONS: `--import=${KILLER}`, KILL_AT: moment },
    });
    t.equal((await victim.ended).signal, "SIGKILL", victim.printed());
    const list = await bench.run(["state", "list"], { env });
    t.equal(list.stdout, "security_group.web\n", `killed ${moment}`);
    t.equal((await bench.run(["state", "rotate-key"], { env })).code, 0);
  }
});

const KILLER = new URL("../../helpers/kill-at-rename.mjs", import.meta.url).href;
