import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import t, { type Test } from "tap";

const script = fileURLToPath(new URL("count.mjs", import.meta.url));

/** The counter's output for files of this content. */
function count(t: Test, ...contents: readonly string[]): string {
  const files = contents.map((content, index) => [`${index}.tap`, content] as const);
  const cwd = t.testdir(Object.fromEntries(files));
  const { stdout } = spawnSync(process.execPath, [script, ...files.map(([name]) => name)], {
    cwd,
    encoding: "utf8",
  });
  return stdout;
}

const run = `TAP version 14
# Subtest: test/a.test.ts
    # Subtest: passes # with a hash
        ok 1 - should be equal
        ok 2 - should be equal
        1..2
    ok 1 - passes \\# with a hash # time=1.2ms

    # Subtest: fails
        not ok 1 - should be equal
          ---
          diff: |
            not ok 1 - in a diff
            # Subtest: in a diff
          ...
        ok 2 - should be equal
        1..2
    not ok 2 - fails # time=1ms
      ---
      at: here
      ...

    # Subtest: holds others
        # Subtest: inner
            ok 1 - should be equal
            1..1
        ok 1 - inner # time=1ms
        ok 2 - this one not # SKIP no /proc here
        1..2
    ok 3 - holds others # time=1ms
    ok 4 - elsewhere # SKIP only on Windows
    ok 5 - some day # TODO
    1..5
not ok 1 - test/a.test.ts # time=10ms
  ---
  exitCode: 1
  ...
# Subtest: test/only-skipped.test.ts
    ok 1 - elsewhere # SKIP
    1..1
ok 2 - test/only-skipped.test.ts # time=1ms
1..2
# { total: 9 }
`;

t.test("tests are counted, not their assertions, files or diagnostics", async (t) => {
  t.equal(count(t, run), "failed: 0.tap > test/a.test.ts > fails\n2 passed, 1 failed, 4 skipped\n");
});

t.test("several files are added up, and plain results count", async (t) => {
  const checks = "TAP version 14\nok 1 - lint\nnot ok 2 - types\n1..2\n";
  t.equal(
    count(t, checks, checks),
    `failed: 0.tap > types
failed: 1.tap > types
2 passed, 2 failed, 0 skipped
`,
  );
});

t.test("tap's own last words stand in for a plan", async (t) => {
  t.equal(count(t, run.replace("\n1..2\n", "\n")), count(t, run));
});

t.test("a file that fails though its tests pass is a failure", async (t) => {
  const crash = `TAP version 14
# Subtest: test/a.test.ts
    # Subtest: passes
        ok 1 - should be equal
        1..1
    ok 1 - passes # time=1ms
    1..1
not ok 1 - test/a.test.ts # time=1ms
1..1
`;
  t.equal(count(t, crash), "failed: 0.tap > test/a.test.ts\n1 passed, 1 failed, 0 skipped\n");
});

t.test("a test that never ended is a failure", async (t) => {
  const timeout = `TAP version 14
# Subtest: test/a.test.ts
    # Subtest: hangs
        ok 1 - should be equal
not ok 1 - test/a.test.ts # time=30000ms
1..1
`;
  t.equal(count(t, timeout), "failed: 0.tap > test/a.test.ts\n0 passed, 1 failed, 0 skipped\n");
});

t.test("no results, no plan, a cut file and a bail-out are failures", async (t) => {
  for (const content of [
    "",
    "TAP version 14\n",
    "1..0 # no tests found\n",
    "Bail out! too bad\n1..1\n",
  ])
    t.equal(
      count(t, content),
      "failed: 0.tap > the results end early\n0 passed, 1 failed, 0 skipped\n",
    );
  t.equal(
    count(t, "1..2\nok 1 - a\n"),
    "failed: 0.tap > the results end early\n1 passed, 1 failed, 0 skipped\n",
  );
  t.match(
    count(t, run.slice(0, run.indexOf("    # Subtest: fails"))),
    "1 passed, 1 failed, 0 skipped",
  );
  const { stdout, status } = spawnSync(process.execPath, [script, "/nowhere.tap"], {
    encoding: "utf8",
  });
  t.equal(stdout, "failed: /nowhere.tap > there are no results\n0 passed, 1 failed, 0 skipped\n");
  t.equal(status, 1);
});
