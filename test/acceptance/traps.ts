import type { Test } from "tap";
import type { StartCloud } from "./cloud.js";
import { credentialTraps } from "./traps-credentials.js";
import { groupTraps } from "./traps-groups.js";
import { keyPairTraps } from "./traps-key-pairs.js";
import { networkTraps } from "./traps-network.js";
import { ruleTraps } from "./traps-rules.js";

/** What OpenStack surprises with, as TRAPS.md lists it: that it does, and what is done about it. */
export function trapSuite(t: Test, start: StartCloud): void {
  ruleTraps(t, start);
  groupTraps(t, start);
  keyPairTraps(t, start);
  credentialTraps(t, start);
  networkTraps(t, start);
}
