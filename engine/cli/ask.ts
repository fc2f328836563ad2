import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { OutsideError } from "../model/errors.js";
import type { Runtime } from "../model/runtime.js";

/** Where questions are asked and answered. */
export interface Terminal {
  readonly input: NodeJS.ReadStream;
  /** Standard error: what standard output carries is for programs too. */
  readonly output: NodeJS.WriteStream;
}

/** Asks on a terminal, a secret without showing what is typed; undefined where nobody sits there. Throws `interrupted`. */
export function askOn(terminal: Terminal, env: Runtime["env"]): Runtime["ask"] {
  const { input, output } = terminal;
  if (input.isTTY !== true || output.isTTY !== true || env.CI) return undefined;
  return async (question, { secret }) => {
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const prompt = createInterface({ input, output: secret ? silent : output, terminal: true });
    // Not before: what is typed at once would be shown by a terminal that has not been told yet.
    output.write(question);
    const interrupt = new AbortController();
    prompt.on("SIGINT", () => interrupt.abort());
    prompt.on("close", () => interrupt.abort());
    // A terminal that is closed fails instead of ending.
    prompt.on("error", () => interrupt.abort());
    try {
      return await prompt.question("", { signal: interrupt.signal });
    } catch (cause) {
      throw new OutsideError("interrupted", "Interrupted; nothing was changed.", { cause });
    } finally {
      prompt.close();
      if (secret) output.write("\n");
    }
  };
}
