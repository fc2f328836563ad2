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
  /** When this machine started: milliseconds since 1970. */
  readonly started?: number;
  /** Milliseconds since 1970; absent: there is no clock. */
  readonly now?: number;
}

/** Where an owner ran, seen from here. */
type Place = "here" | "here, before the restart" | "elsewhere" | "unknown";

/** Whether the owner of a lock is certain to run no more. All others are judged by their signs of life. */
export function isDead(owner: LockRecord, here: Here): boolean {
  switch (placeOf(owner, here)) {
    case "elsewhere":
      return false;
    case "here, before the restart":
      return isBeforeStart(owner, here);
    case "here":
      return isGone(owner, here);
    case "unknown":
      return isGone(owner, here) && isOverdue(owner, here);
  }
}

function placeOf(owner: LockRecord, { host, mark }: Here): Place {
  const isSame = (part: "machine" | "boot") =>
    owner[part] === undefined || mark[part] === undefined ? undefined : owner[part] === mark[part];
  if (owner.host !== host || isSame("machine") === false) return "elsewhere";
  if (isSame("boot") === true) return "here";
  return isSame("boot") === false && isSame("machine") === true
    ? "here, before the restart"
    : "unknown";
}

/** Copies of a machine may have its id as well: one of them that was alive after this one's start is another. */
function isBeforeStart({ beat, since }: LockRecord, { started }: Here): boolean {
  return started === undefined || Date.parse(beat ?? since) < started;
}

/** Its process, by number and start; a container has numbers of its own, and cannot be looked into. */
function isGone({ pid, namespace, started }: LockRecord, { mark, isAlive }: Here): boolean {
  if (namespace !== mark.namespace) return false;
  const isSameProcess = started === undefined || started === mark.started;
  return !(isSameProcess && isAlive(pid));
}

/**
 * Whether no sign of life came for a lease, by the clock here. Where nothing tells machines of one name apart, one
 * whose sign of life is fresh may run elsewhere.
 */
function isOverdue({ lease, beat }: LockRecord, { now }: Here): boolean {
  if (lease === undefined || beat === undefined) return true;
  return now !== undefined && now - Date.parse(beat) >= lease * 1000;
}
