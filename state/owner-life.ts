import type { LockRecord } from "./lock-file.js";
import type { ProcessMark } from "./process-mark.js";

/** What is known here, to judge the owner of a lock by. */
export interface Here {
  /** This machine's name. */
  readonly host: string;
  /** Whether a process of this machine runs. */
  readonly isAlive: (pid: number) => boolean;
  /** Of the process that has the owner's number here. */
  readonly mark: ProcessMark;
  /** When this machine started: milliseconds since 1970, by its clock. Absent: nothing tells. */
  readonly start?: number;
}

/** Why the owner of a lock is certain to run no more: its process is gone, or its machine has started again since. */
export type Death = "dead" | "restarted";

/** How the owner of a lock ended; undefined where only its signs of life tell whether it has. */
export function deathOf(owner: LockRecord, here: Here): Death | undefined {
  if (owner.host !== here.host) return undefined;
  if (owner.boot === here.mark.boot) return isGone(owner, here) ? "dead" : undefined;
  return isOfHere(owner, here) && isBeforeStart(owner, here) ? "restarted" : undefined;
}

/** By number and start of the process; a container has numbers of its own, and cannot be looked into. */
function isGone({ pid, namespace, started }: LockRecord, { mark, isAlive }: Here): boolean {
  if (namespace !== mark.namespace) return false;
  const isSameProcess = started === undefined || started === mark.started;
  return !(isSameProcess && isAlive(pid));
}

/** Of another running of this very machine, not of another of its name. */
function isOfHere({ machine, boot }: LockRecord, { mark }: Here): boolean {
  return (
    machine !== undefined &&
    machine === mark.machine &&
    boot !== undefined &&
    mark.boot !== undefined
  );
}

/**
 * Copies of a machine or container have its id as well: one that was alive after the start of this machine is such a
 * copy. The times are of one clock, unless it is one; where they are wrong, the lease is waited for.
 */
function isBeforeStart({ beat, since }: LockRecord, { start }: Here): boolean {
  return start !== undefined && Date.parse(beat ?? since) < start;
}
