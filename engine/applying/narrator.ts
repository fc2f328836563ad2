import { type Address, formatAddress } from "../model/address.js";
import type { ApplyEvent } from "../model/event.js";
import type { Outcome } from "../model/outcome.js";
import { type Action, type Change, summarize } from "../model/plan.js";
import type { Clock } from "../model/runtime.js";
import type { Step } from "./step.js";

interface Progress {
  readonly address: Address;
  readonly action: Action;
  /** Steps that have not succeeded yet. */
  left: number;
  startedAt?: number;
  state: "waiting" | "failed" | "skipped" | "done";
  readonly notes: string[];
}

/** Tells what happens, change by change though the work goes step by step, and keeps the result. */
export class Narrator {
  readonly #progress = new Map<string, Progress>();
  readonly #failures: { readonly address: Address; readonly error: Error }[] = [];
  readonly #clock: Clock;
  readonly #emit: (event: ApplyEvent) => void;
  #beganAt = 0;

  constructor(
    changes: readonly Change[],
    steps: readonly Step[],
    clock: Clock,
    emit: (event: ApplyEvent) => void,
  ) {
    this.#clock = clock;
    this.#emit = emit;
    for (const { address, action } of changes) {
      if (action === "no-op") continue;
      const key = formatAddress(address);
      this.#progress.set(key, { address, action, left: 0, state: "waiting", notes: [] });
    }
    for (const step of steps) this.#of(step.change.address).left += 1;
  }

  began(): void {
    this.#beganAt = this.#now();
    this.#emit({ kind: "began", at: this.#beganAt, total: this.#progress.size });
  }

  progress(address: Address, message: string): void {
    this.#emit({ kind: "progress", at: this.#now(), address, message });
  }

  /** Does a step's work and tells of it; answers whether it succeeded. */
  async narrate(step: Step, work: () => Promise<readonly string[]>): Promise<boolean> {
    const { address, action } = step.change;
    const change = this.#of(address);
    if (change.startedAt === undefined) {
      change.startedAt = this.#now();
      this.#emit({ kind: "started", at: change.startedAt, address, action });
    }
    try {
      change.notes.push(...(await work()));
    } catch (thrown) {
      this.#failed(change, thrown instanceof Error ? thrown : new Error(String(thrown)));
      return false;
    }
    change.left -= 1;
    if (change.left === 0 && change.state === "waiting") this.#succeeded(change);
    return true;
  }

  /** Whether there is a change that was not begun. */
  hasMore(): boolean {
    const all = [...this.#progress.values()];
    return all.some((it) => it.state === "waiting" && it.startedAt === undefined);
  }

  skipped(step: Step, because: Step): void {
    const change = this.#of(step.change.address);
    if (change.state !== "waiting") return;
    change.state = "skipped";
    const { address, action } = change;
    const at = this.#now();
    this.#emit({ kind: "skipped", at, address, action, because: because.change.address });
  }

  ended(): Outcome {
    const at = this.#now();
    const elapsed = at - this.#beganAt;
    this.#emit({ kind: "ended", at, elapsed });
    const all = [...this.#progress.values()];
    const addresses = (state: Progress["state"]) =>
      all.filter((it) => it.state === state).map((it) => it.address);
    return {
      counts: summarize(all.filter((it) => it.state === "done")),
      failures: this.#failures,
      skipped: addresses("skipped"),
      notStarted: addresses("waiting"),
      notes: all.flatMap(({ address, notes }) => notes.map((note) => ({ address, note }))),
      elapsed,
    };
  }

  #succeeded(change: Progress): void {
    change.state = "done";
    const { address, action, notes } = change;
    const at = this.#now();
    const elapsed = at - (change.startedAt ?? at);
    this.#emit({ kind: "succeeded", at, address, action, notes, elapsed });
  }

  #failed(change: Progress, error: Error): void {
    change.state = "failed";
    const { address, action } = change;
    const at = this.#now();
    this.#failures.push({ address, error });
    const elapsed = at - (change.startedAt ?? at);
    this.#emit({ kind: "failed", at, address, action, error, elapsed });
  }

  #of(address: Address): Progress {
    const found = this.#progress.get(formatAddress(address));
    if (!found) throw new TypeError(`no change of ${formatAddress(address)}`);
    return found;
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}
