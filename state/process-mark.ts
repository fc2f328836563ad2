import { readFileSync, readlinkSync } from "node:fs";

/** What tells a process from a later or hidden one with the same number; empty where nothing does. */
export interface ProcessMark {
  /** The running of the machine that its number belongs to: machines may share a name, and restart. */
  readonly boot?: string;
  /** The namespace that its number belongs to: containers have their own. */
  readonly namespace?: string;
  /** When it started, in clock ticks since the machine did. */
  readonly started?: string;
}

/** Looks a process up in /proc, which Linux has; proc(5) describes all of its files. */
export function processMark(pid: number): ProcessMark {
  const namespace = attempt(() => readlinkSync("/proc/self/ns/pid"));
  const boot = attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The second field is the command in parentheses and may itself hold blanks and parentheses.
  const started = stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  return {
    ...(boot !== undefined && { boot }),
    ...(namespace !== undefined && { namespace }),
    ...(started !== undefined && { started }),
  };
}

function attempt(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
