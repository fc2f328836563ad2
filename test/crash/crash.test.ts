import { randomInt } from "node:crypto";
import t, { type Test } from "tap";
import { temporaryFolder } from "../helpers/example.js";
import { drawnFrom } from "./choice.js";
import { serverOfItsOwn, withinTheRun } from "./crash-cloud.js";
import { judge } from "./judge.js";
import { Lane } from "./lane.js";
import { attemptAll } from "./matrix.js";
import { SCENARIOS } from "./scenarios.js";

/** A sample of what `npm run test:crash` does: so many points of each scenario. */
const POINTS = 2;
/** `CRASH_SEED=N` draws the same points again. */
const SEED = Number(process.env.CRASH_SEED ?? randomInt(1_000_000));

function openLane(t: Test): Lane {
  const root = temporaryFolder(t);
  const lane = new Lane(root, { server: serverOfItsOwn(root), embedded: withinTheRun() });
  t.teardown(() => lane.close());
  return lane;
}

t.test("what a killed run has left, the next one mends", async (t) => {
  t.comment(`CRASH_SEED=${SEED}`);
  const queue = SCENARIOS.values();
  let judged = 0;
  const lanes = [openLane(t), openLane(t)].map(async (lane) => {
    for (const scenario of queue) {
      const attempts = await drawnFrom(lane, scenario, { count: POINTS, seed: SEED });
      await attemptAll([lane], attempts, (result) => {
        judged += 1;
        judge(t, result);
      });
    }
  });
  await Promise.all(lanes);
  t.equal(judged, SCENARIOS.length * POINTS);
});
