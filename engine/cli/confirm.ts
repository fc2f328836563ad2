import { createInterface } from "node:readline/promises";
import { OutsideError } from "../model/errors.js";
import { lookOf, type World } from "./world.js";

/** Whether somebody can be asked. */
export function canAsk(world: World): boolean {
  return world.stdin.isTTY === true && lookOf(world, world.stdout).interactive;
}

/**
 * Asks; only `yes` is a yes. Throws `declined` otherwise, also at the end of the input, and
 * `interrupted` at Ctrl-C or when the signal is aborted.
 */
export async function confirm(world: World, question: string, signal: AbortSignal): Promise<void> {
  const prompt = createInterface({ input: world.stdin, output: world.stdout });
  const interrupt = new AbortController();
  const ended = new Promise<undefined>((resolve) => {
    prompt.once("close", () => resolve(undefined));
    // A terminal that is closed fails instead of ending.
    prompt.on("error", () => resolve(undefined));
  });
  prompt.on("SIGINT", () => interrupt.abort());
  try {
    const asked = prompt.question(question, {
      signal: AbortSignal.any([signal, interrupt.signal]),
    });
    const answer = await Promise.race([asked, ended]);
    if (answer?.trim() === "yes") return;
    if (answer === undefined) world.stdout.write("\n");
  } catch (cause) {
    world.stdout.write("\n");
    throw new OutsideError("interrupted", "Interrupted; nothing was changed.", { cause });
  } finally {
    prompt.close();
  }
  throw new OutsideError("declined", "Declined; nothing was changed.");
}
