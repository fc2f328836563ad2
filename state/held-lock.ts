import { type FileHandle, open, rm } from "node:fs/promises";
import { OutsideError } from "../engine/model/errors.js";
import type { Clock } from "../engine/model/runtime.js";
import type { LockOwner, StateLock } from "../engine/model/state.js";
import { fileError } from "./disk.js";
import { formatLock, type LockRecord, lockLost, readLock } from "./lock-file.js";

/** For how long a lock holds without a sign of life. */
export interface Lease {
  readonly clock: Clock;
  /** Whole seconds. */
  readonly seconds: number;
}

/** Signs of life in the time of a lease: a few may be late or lost. */
const BEATS = 6;

/** Holds a lock whose file was just made: gives signs of life until it is released or lost. */
export async function holdLock(
  path: string,
  record: LockRecord,
  lease: Lease | undefined,
): Promise<StateLock> {
  const lost = new AbortController();
  const released = new AbortController();

  async function confirm(): Promise<void> {
    const there = await ownerOf(path);
    if (there?.run === record.run && !lost.signal.aborted) return;
    lost.abort();
    throw lockLost(path, there);
  }

  /** Through the open file and not by its name, so that no beat lands in the lock of another. */
  async function beat(file: FileHandle, clock: Clock): Promise<void> {
    await confirm();
    await file.write(formatLock({ ...record, beat: clock.now().toISOString() }), 0);
    await file.datasync();
  }

  async function keepBeating(file: FileHandle, { clock, seconds }: Lease): Promise<void> {
    const over = AbortSignal.any([released.signal, lost.signal]);
    for (;;) {
      await clock.sleep((seconds * 1000) / BEATS, over);
      if (over.aborted) return;
      // One that fails is like one that is late: what matters is asked again before each write.
      await beat(file, clock).catch(() => {});
    }
  }

  const file = lease && (await open(path, "r+"));
  await confirm();
  const beating = file && lease && keepBeating(file, lease);
  return {
    lost: lost.signal,
    confirm,
    release: async () => {
      released.abort();
      await beating;
      await file?.close();
      if ((await ownerOf(path))?.run !== record.run) return;
      await rm(path, { force: true }).catch((error: unknown) => {
        throw fileError(`remove the lock ${path}`, error);
      });
    },
  };
}

/** Whose lock it is; undefined where there is none, or one that does not say. */
async function ownerOf(path: string): Promise<LockOwner | undefined> {
  try {
    return (await readLock(path))?.owner;
  } catch (error) {
    if (error instanceof OutsideError && error.code === "state-locked") return undefined;
    throw error;
  }
}
