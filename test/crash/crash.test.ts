import t, { type Test } from "tap";
import { temporaryFolder } from "../helpers/example.js";
import { sampleOf } from "./choice.js";
import { serverOfItsOwn, withinTheRun } from "./crash-cloud.js";
import { judge } from "./judge.js";
import { Lane } from "./lane.js";
import { type Attempt, attemptAll } from "./matrix.js";
import { SCENARIOS } from "./scenarios.js";

/** A sample of what `npm run test:crash` does: how many points of which runs. */
const SAMPLE: Readonly<Record<string, number>> = {
  "06-three-tier/apply": 8,
  "06-three-tier/update": 6,
  "06-three-tier/destroy": 4,
};

function openLane(t: Test): Lane {
  const root = temporaryFolder(t);
  const lane = new Lane(root, { server: serverOfItsOwn(root), embedded: withinTheRun() });
  t.teardown(() => lane.close());
  return lane;
}

t.test("what a killed run has left, the next one mends", async (t) => {
  const lane = openLane(t);
  const attempts: Attempt[] = [];
  for (const scenario of SCENARIOS) {
    const count = SAMPLE[scenario.name] ?? 0;
    if (count > 0) attempts.push(...(await sampleOf(lane, scenario, count)));
  }
  t.equal(attempts.length, 18);
  await attemptAll([lane, openLane(t)], attempts, (result) => judge(t, result));
});
