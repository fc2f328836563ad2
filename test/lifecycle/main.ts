import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Failure, reproduction } from "./try-seed.js";
import { type Report, type Share, work } from "./worker.js";

/**
 * `npm run test:lifecycle [-- --runs 10000 --first 1 --workers 2]`, or `-- --seed N` for one life.
 * Ends with 1 where something did not hold, after printing a test that shows it.
 */
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10000" },
    first: { type: "string", default: "1" },
    workers: { type: "string", default: String(availableParallelism()) },
    seed: { type: "string" },
    share: { type: "string" },
  },
});

/** States are synced to disk thousands of times: in memory that costs nothing. */
const ROOT = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const EVERY = 500;

if (values.share !== undefined) {
  await work(JSON.parse(values.share), (report) => process.send?.(report));
} else if (values.seed !== undefined) {
  await all(Number(values.seed), 1, 1);
} else {
  await all(Number(values.first), Number(values.runs), Number(values.workers));
}

async function all(first: number, runs: number, workers: number): Promise<void> {
  const began = performance.now();
  const failures: Failure[] = [];
  let lived = 0;
  let cpu = 0;
  const seconds = () => Math.round((performance.now() - began) / 1000);
  const hear = (report: Report) => {
    if (report.kind === "ended") {
      cpu += report.cpu;
      return;
    }
    lived += 1;
    if (report.failure) {
      failures.push(report.failure);
      tell(report.failure);
    }
    if (lived % EVERY === 0) print(`${lived} of ${runs} lives, ${seconds()} s`);
  };
  const shares = Array.from({ length: workers }, (_, index) => ({
    first: first + index,
    end: first + runs,
    stride: workers,
    root: ROOT,
  }));
  const codes = await Promise.all(shares.map((share) => inProcess(share, hear)));
  print(
    `${lived} lives, ${failures.length} in which something did not hold; ${seconds()} s, ${Math.round(cpu)} s of CPU`,
  );
  if (failures.length > 0 || lived < runs || codes.some((it) => it !== 0)) process.exitCode = 1;
}

async function inProcess(share: Share, hear: (report: Report) => void): Promise<unknown> {
  const child = fork(fileURLToPath(import.meta.url), ["--share", JSON.stringify(share)], {
    // Most of what a life makes is soon of no use.
    execArgv: [...process.execArgv, "--max-semi-space-size=32"],
  });
  child.on("message", hear);
  const [code] = await once(child, "close");
  return code;
}

function tell(failure: Failure): void {
  print(`\nSeed ${failure.seed}: ${failure.message}\n`);
  print("In a file of test/lifecycle this test shows it:\n");
  print(reproduction(failure));
  print(`Again: npm run test:lifecycle -- --seed ${failure.seed}\n`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
