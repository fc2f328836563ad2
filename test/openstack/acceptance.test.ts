import t from "tap";
import { cascadeSuite } from "../acceptance/cascade.js";
import { defectSuite } from "../acceptance/defects.js";
import { exampleSuite } from "../acceptance/examples.js";
import { namedGroupSuite } from "../acceptance/named-groups.js";
import { startLabCloud } from "../helpers/lab-cloud.js";

const lab = await startLabCloud(t);

if ("skipped" in lab) t.test("the real OpenStack", { skip: lab.skipped }, async () => {});
else {
  exampleSuite(t, async () => lab);
  defectSuite(t, async () => lab);
  cascadeSuite(t, async () => lab);
  namedGroupSuite(t, async () => lab);
}
