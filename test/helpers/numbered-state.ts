import { emptySnapshot, type Snapshot } from "../../engine/model/state.js";

/** A state whose serial is its only output, too. */
export function numberedState(serial: number): Snapshot {
  return { ...emptySnapshot("lineage"), serial, outputs: { serial } };
}
