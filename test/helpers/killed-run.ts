import type { Engine } from "./engine.js";
import type { Texts } from "./load-texts.js";

/** Kills a run at its nth write to the disk or to a command; false where it had fewer. */
export async function killedRun(
  engine: Engine,
  texts: Texts,
  at: number,
  moment: "before" | "after",
): Promise<boolean> {
  let writes = 0;
  engine.runtime.onWrite = (now) => {
    if (now === "before") writes += 1;
    if (writes > at || (writes === at && now === moment)) throw new Error("killed");
  };
  await engine.apply(texts).catch(() => undefined);
  engine.runtime.onWrite = () => {};
  return writes >= at;
}
