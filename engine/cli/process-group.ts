import type { ChildProcess } from "node:child_process";

/**
 * Options of `spawn` for a program that is to have a process group of its own: what a terminal's Ctrl-C
 * ends is then this process alone. (It is a session of its own too, so the program has no terminal to ask on.)
 */
export const OWN_GROUP = { detached: process.platform !== "win32" } as const;

/** Ends a program at once with all that it has started; nothing where it has ended. */
export function stopGroup(child: ChildProcess): void {
  // Until its end has been seen, its number is nobody else's.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (!OWN_GROUP.detached) {
    child.kill("SIGKILL");
    return;
  }
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It is ending.
  }
}
