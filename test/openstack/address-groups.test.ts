import t from "tap";
import { addressGroupSuite } from "../acceptance/address-groups.js";
import { startLabCloud } from "../helpers/lab-cloud.js";

const lab = await startLabCloud(t);

if ("skipped" in lab) t.test("the real OpenStack", { skip: lab.skipped }, async () => {});
else addressGroupSuite(t, async () => lab);
