import t from "tap";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";
import { addressGroupSuite } from "./address-groups.js";

addressGroupSuite(t, startSandboxCloud);
