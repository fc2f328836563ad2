import { statSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { manyChanges } from "../bench/configurations.js";
import { measure } from "../bench/measure.js";
import { cliBench } from "../helpers/cli-bench.js";
import { Engine } from "../helpers/engine.js";
import { temporaryFolder } from "../helpers/example.js";

/** What so many changes cost that can be counted. */
interface Count {
  readonly requests: number;
  /** That the embedded cloud appends to its data. */
  readonly cloudBytes: number;
  /** Of what is appended to the state. */
  readonly journalBytes: number;
  /** Of what is printed. */
  readonly printedBytes: number;
}

async function countOf(t: Test, changes: number): Promise<Count> {
  const yaml = manyChanges(changes);
  const dataFile = join(temporaryFolder(t), "cloud");
  const bench = await cliBench(t, yaml, { dataFile });
  let printedBytes = 0;
  const { requests } = await measure(async () => {
    for (const command of ["apply", "destroy"]) {
      const ended = await bench.expect(0, command, "--auto-approve");
      printedBytes += ended.stdout.length + ended.stderr.length;
    }
  });
  let journalBytes = 0;
  await Engine.use({}, async (engine) => {
    engine.store.onAppend = (entry) => {
      journalBytes += JSON.stringify(entry).length;
    };
    await engine.apply({ "main.yaml": yaml });
    await engine.apply({ "main.yaml": yaml }, true);
  });
  return { requests, journalBytes, printedBytes, cloudBytes: statSync(dataFile).size };
}

t.test("twice as many changes cost twice as much, whatever is counted", async (t) => {
  const [once, twice, fourTimes] = [
    await countOf(t, 40),
    await countOf(t, 80),
    await countOf(t, 160),
  ];
  for (const what of ["requests", "cloudBytes", "journalBytes", "printedBytes"] as const) {
    const first = twice[what] - once[what];
    const second = fourTimes[what] - twice[what];
    t.ok(first > 0 && second <= 2 * first * 1.1, `${what}: ${first}, then ${second}`);
  }
});
