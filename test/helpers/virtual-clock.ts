import type { Clock } from "../../engine/model/runtime.js";

/** A clock that a test moves: who sleeps wakes when it is moved far enough. */
export interface VirtualClock extends Clock {
  /** Moves it and lets all that wakes do what it does without further sleep. */
  advance(milliseconds: number): Promise<void>;
  /** How many sleep. */
  readonly sleeping: number;
}

export function virtualClock(): VirtualClock {
  let now = Date.parse("2026-11-23T12:00:00Z");
  let sleepers: readonly { readonly until: number; readonly wake: () => void }[] = [];
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    now: () => new Date(now),
    sleep: (milliseconds, signal) =>
      new Promise((wake) => {
        if (signal?.aborted) return wake();
        const sleeper = { until: now + milliseconds, wake };
        sleepers = [...sleepers, sleeper];
        const disturb = () => {
          sleepers = sleepers.filter((it) => it !== sleeper);
          wake();
        };
        signal?.addEventListener("abort", disturb, { once: true });
      }),
    get sleeping() {
      return sleepers.length;
    },
    advance: async (milliseconds) => {
      await settle();
      const end = now + milliseconds;
      for (;;) {
        const [next] = sleepers.filter((it) => it.until <= end).sort((a, b) => a.until - b.until);
        if (!next) break;
        now = next.until;
        sleepers = sleepers.filter((it) => it !== next);
        next.wake();
        await settle();
      }
      now = end;
    },
  };
}
