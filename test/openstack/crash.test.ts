import t from "tap";
import { realCloud } from "../crash/crash-cloud.js";
import { judge } from "../crash/judge.js";
import { Lane } from "../crash/lane.js";
import { allOf, attemptAll } from "../crash/matrix.js";
import { SCENARIOS } from "../crash/scenarios.js";
import { temporaryFolder } from "../helpers/example.js";
import { startLabCloud } from "../helpers/lab-cloud.js";

/** Scenarios that begin with nothing, and of how many points one is tried: a real cloud is slow. */
const SAMPLE: Readonly<Record<string, number>> = {
  "01-first-key/apply": 6,
  "05-ci-credential/apply": 6,
  "06-three-tier/apply": 25,
};

const lab = await startLabCloud(t);

if ("skipped" in lab) t.test("the real OpenStack", { skip: lab.skipped }, async () => {});
else {
  t.test("what a killed run has left on a real OpenStack, the next one mends", async (t) => {
    const cloud = realCloud(lab.env.OS_CLIENT_CONFIG_FILE ?? "", "lab-demo");
    const lane = new Lane(temporaryFolder(t), { server: cloud, embedded: cloud });
    t.teardown(() => lane.close());
    for (const scenario of SCENARIOS) {
      const one = SAMPLE[scenario.name];
      if (one === undefined) continue;
      const attempts = allOf(await lane.prepare(scenario)).filter((_, nth) => nth % one === 1);
      await attemptAll([lane], attempts, (result) => judge(t, result));
    }
  });
}
