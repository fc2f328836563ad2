import { join } from "node:path";
import type { Test } from "tap";
import { fileStateStore } from "../../state/file-store.js";
import type { Keyring } from "../../state/keyring.js";
import type { StatePlace } from "../conformance/state-store.js";

let places = 0;

/** A place for a state in a file of its own. */
export async function filePlace(t: Test, keys?: () => Keyring): Promise<StatePlace> {
  const path = join(t.testdir(), `${places++}.json`);
  const dead = new Set<number>();
  const isAlive = (pid: number) => !dead.has(pid);
  return {
    host: "here",
    kill: (pid) => dead.add(pid),
    open: () => fileStateStore({ path, host: "here", isAlive, ...(keys && { keys: keys() }) }),
  };
}
