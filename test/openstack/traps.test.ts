import t from "tap";
import { trapSuite } from "../acceptance/traps.js";
import { startLabCloud } from "../helpers/lab-cloud.js";

const lab = await startLabCloud(t);

if ("skipped" in lab) t.test("the real OpenStack", { skip: lab.skipped }, async () => {});
else trapSuite(t, async () => lab);
