import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { crashReport } from "../../../engine/cli/crash-report.js";
import { startCli } from "../../helpers/cli-process.js";
import { temporaryFolder } from "../../helpers/example.js";

/** What is thrown by a task. */
function thrownBy(task: () => unknown): unknown {
  try {
    return task();
  } catch (error) {
    return error;
  }
}

t.test("a bug is told by its kind, its message and its stack", async (t) => {
  const report = crashReport(new TypeError("this is \u001b[31mwrong"));
  t.match(
    report,
    /^This is a bug .*\nTypeError: this is \\u001b\[31mwrong\n {4}at .*crash-report/u,
  );
  t.match(crashReport("thrown"), /\nstring\n$/u);
});

for (const [what, error] of [
  ["JSON", thrownBy(() => JSON.parse("canary"))],
  ["a path", thrownBy(() => writeFileSync("canary\0", ""))],
  ["a cause", new Error("why", { cause: new Error("canary") })],
  ["a part", Object.assign(new Error("why"), { body: "canary" })],
] as const) {
  t.test(`a crash report quotes no value: ${what}`, async (t) => {
    t.notMatch(crashReport(error), "canary");
  });
}

t.test("what nobody catches is told in the same way", async (t) => {
  const preload = join(temporaryFolder(t), "preload.mjs");
  const thrown = 'Object.assign(new Error("lost"), { input: "canary" })';
  const ready = 'process.listenerCount("uncaughtException") > 0';
  writeFileSync(preload, `setInterval(() => { if (${ready}) throw ${thrown}; }, 100);`);
  const cwd = temporaryFolder(t);
  const { ended, printed } = startCli(["sandbox"], { cwd, node: ["--import", preload] });
  t.equal((await ended).code, 1);
  t.match(printed(), /This is a bug in Portcullis.*\nError: lost\n/u);
  t.notMatch(printed(), "canary");
});
