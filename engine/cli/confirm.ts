import { createInterface } from "node:readline/promises";
import { OutsideError } from "../model/errors.js";
import { lookOf, type World } from "./world.js";

/** Whether somebody can be asked. */
export function canAsk(world: World): boolean {
  return world.stdin.isTTY === true && lookOf(world, world.stdout).interactive;
}

/** Asks; only `yes` is a yes. Throws `declined` otherwise. */
export async function confirm(world: World, question: string): Promise<void> {
  const prompt = createInterface({ input: world.stdin, output: world.stdout });
  const interrupt = new AbortController();
  prompt.on("SIGINT", () => interrupt.abort());
  try {
    const answer = await prompt.question(question, { signal: interrupt.signal });
    if (answer.trim() === "yes") return;
  } catch (cause) {
    throw new OutsideError("interrupted", "Interrupted; nothing was changed.", { cause });
  } finally {
    prompt.close();
  }
  throw new OutsideError("declined", "Declined; nothing was changed.");
}
