import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";

/** What tells a process from a later or hidden one with the same number; empty where nothing does. */
export interface ProcessMark {
  /** The machine that it runs on, which keeps this when it restarts: a digest of its id, which is to stay confidential (machine-id(5)). */
  readonly machine?: string;
  /** The running of the machine that its number belongs to: machines may share a name, and restart. */
  readonly boot?: string;
  /** The namespace that its number belongs to: containers have their own. */
  readonly namespace?: string;
  /** When it started, in clock ticks since the machine did. */
  readonly started?: string;
}

/** Looks a process up in /proc, which Linux has: proc(5) describes its files, machine-id(5) the other. */
export function processMark(pid: number): ProcessMark {
  const machine = machineId();
  const namespace = attempt(() => readlinkSync("/proc/self/ns/pid"));
  const boot = attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The second field is the command in parentheses and may itself hold blanks and parentheses.
  const started = stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  return {
    ...(machine !== undefined && { machine }),
    ...(boot !== undefined && { boot }),
    ...(namespace !== undefined && { namespace }),
    ...(started !== undefined && { started }),
  };
}

/** When this machine started, in milliseconds since 1970 by its clock; undefined where nothing tells. */
export function startOfMachine(): number | undefined {
  const [, seconds] =
    /^btime (\d+)$/mu.exec(attempt(() => readFileSync("/proc/stat", "utf8")) ?? "") ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** An image of a container may have an empty file, or the word `uninitialized`. */
function machineId(): string | undefined {
  const id = attempt(() => readFileSync("/etc/machine-id", "utf8").trim());
  if (id === undefined || !/^[0-9a-f]{32}$/u.test(id)) return undefined;
  return createHash("sha256").update(`portcullis lock ${id}`).digest("hex").slice(0, 32);
}

function attempt(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
