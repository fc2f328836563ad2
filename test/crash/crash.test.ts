import { join } from "node:path";
import t, { type Test } from "tap";
import { temporaryFolder } from "../helpers/example.js";
import { sampleOf } from "./choice.js";
import { serverOfItsOwn } from "./crash-cloud.js";
import { Lane } from "./lane.js";
import { type Attempt, attemptAll, type Result } from "./matrix.js";
import { faultText } from "./report.js";
import { SCENARIOS } from "./scenarios.js";

/** A sample of what `npm run test:crash` does: how many points of which runs. */
const SAMPLE: Readonly<Record<string, number>> = {
  "06-three-tier/apply": 12,
  "06-three-tier/update": 6,
  "05-ci-credential/replace": 4,
  "06-three-tier/destroy": 4,
};

function openLane(t: Test): Lane {
  const lane = new Lane(join(temporaryFolder(t), "lane"), serverOfItsOwn(temporaryFolder(t)));
  t.teardown(() => lane.close());
  return lane;
}

function judge(t: Test, result: Result): void {
  const { converged, orphans, duplicates, secretsLost } = result.verdict;
  const found = { converged, orphans, duplicates, secretsLost, faults: faultText(result) };
  const good = { converged: true, orphans: 0, duplicates: 0, secretsLost: 0, faults: "" };
  t.strictSame(found, good, `killed ${result.where}`);
}

t.test("what a killed run has left, the next one mends", async (t) => {
  const lane = openLane(t);
  const attempts: Attempt[] = [];
  for (const scenario of SCENARIOS) {
    const count = SAMPLE[scenario.name] ?? 0;
    if (count > 0) attempts.push(...(await sampleOf(lane, scenario, count)));
  }
  t.equal(attempts.length, 26);
  await attemptAll([lane, openLane(t)], attempts, (result) => judge(t, result));
});
