import t from "tap";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";
import { trapSuite } from "./traps.js";

trapSuite(t, startSandboxCloud);
