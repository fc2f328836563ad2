import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { attemptsOn, sampleOf } from "./choice.js";
import { serverOfItsOwn, withinTheRun } from "./crash-cloud.js";
import { Lane } from "./lane.js";
import { type Attempt, attemptAll, parseKey, type Result } from "./matrix.js";
import { faultText, figuresOf } from "./report.js";
import { SCENARIOS, type Scenario } from "./scenarios.js";

/**
 * `npm run test:crash [-- [--lanes N] [--sample N] NAME...]`: kills the program wherever it can be
 * killed and mends what is left. A name is a scenario, its beginning, or a point as a failure tells
 * it; `--sample` takes only so many points of each scenario.
 */
const { values, positionals: names } = parseArgs({
  options: { lanes: { type: "string", default: "2" }, sample: { type: "string" } },
  allowPositionals: true,
});
const LANES = Number(values.lanes);

const lanes = Array.from({ length: LANES }, openLane);
const results: Result[] = [];
const started = Date.now();

function openLane(): Lane {
  const root = mkdtempSync(join(tmpdir(), "portcullis-crash-"));
  return new Lane(root, { server: serverOfItsOwn(root), embedded: withinTheRun() });
}

function choose(lane: Lane, scenario: Scenario): Promise<readonly Attempt[]> {
  const count = Number(values.sample);
  return count > 0 ? sampleOf(lane, scenario, count) : attemptsOn(lane, scenario);
}

async function run(title: string, attempts: readonly Attempt[]): Promise<void> {
  const already = results.length;
  await attemptAll(lanes, attempts, (result) => {
    results.push(result);
    process.stdout.write(faultText(result));
  });
  const failed = results.slice(already).filter((it) => it.verdict.faults.length > 0).length;
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stdout.write(
    `${title.padEnd(30)} ${String(attempts.length).padStart(4)} points, ${failed} failed, ${seconds} s\n`,
  );
}

try {
  const points = names.filter((it) => it.split("/").length > 2);
  if (points.length > 0) await run("chosen points", points.map(parseKey));
  const beginnings = names.filter((it) => !points.includes(it));
  const chosen = SCENARIOS.filter(
    ({ name }) => names.length === 0 || beginnings.some((it) => name.startsWith(it)),
  );
  for (const scenario of chosen) {
    const [first] = lanes;
    if (first) await run(scenario.name, await choose(first, scenario));
  }
} finally {
  for (const lane of lanes) await lane.close();
}
const failed = results.some((it) => it.verdict.faults.length > 0);
process.stdout.write(`\n${figuresOf(results).join("\n")}\n`);
process.exitCode = failed || results.length === 0 ? 1 : 0;
