import t from "tap";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";
import { cascadeSuite } from "./cascade.js";
import { defectSuite } from "./defects.js";
import { exampleSuite } from "./examples.js";
import { namedGroupSuite } from "./named-groups.js";

exampleSuite(t, startSandboxCloud);
defectSuite(t, startSandboxCloud);
cascadeSuite(t, startSandboxCloud);
namedGroupSuite(t, startSandboxCloud);
