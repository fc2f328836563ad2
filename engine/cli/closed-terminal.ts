import { closeSync } from "node:fs";
import { isatty } from "node:tty";

/**
 * Lets the process exit where its terminal was closed meanwhile: Node 20 resets the terminals of its
 * standard streams at the end and aborts where it cannot (`ResetStdio` of src/node.cc), but passes
 * over those that are closed.
 */
export function surviveClosedTerminal(): void {
  const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));
  process.once("exit", () => {
    for (const descriptor of terminals) if (!isatty(descriptor)) close(descriptor);
  });
}

function close(descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    // It was closed already.
  }
}
