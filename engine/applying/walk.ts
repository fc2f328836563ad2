import type { Step } from "./step.js";

/** How a step ended. */
export type Outcome =
  | { readonly kind: "succeeded" }
  | { readonly kind: "failed" }
  | { readonly kind: "skipped"; readonly because: Step }
  | { readonly kind: "not-started" };

export interface WalkRequest {
  readonly steps: readonly Step[];
  /** How many run at once, at most. */
  readonly parallelism: number;
  /** Does one step; answers whether it succeeded. Never rejects. */
  readonly perform: (step: Step) => Promise<boolean>;
  readonly onSkip: (step: Step, because: Step) => void;
  /** Once aborted, only changes that were begun go on. */
  readonly signal?: AbortSignal;
}

/**
 * Does the steps, each after those it depends on, several at once; where there is a choice, a change
 * that was begun is finished first, then the order is as given. A failed step stops only those that
 * depend on it. Answers when nothing runs any more.
 */
export async function walk(request: WalkRequest): Promise<ReadonlyMap<string, Outcome>> {
  const walker = new Walker(request);
  await walker.run();
  return walker.outcomes;
}

class Walker {
  readonly outcomes = new Map<string, Outcome>();
  readonly #request: WalkRequest;
  readonly #byKey: ReadonlyMap<string, Step>;
  readonly #must = new Map<string, Set<string>>();
  readonly #should = new Map<string, Set<string>>();
  readonly #dependants = new Map<string, string[]>();
  readonly #ready: Step[] = [];
  /** Further steps of changes that were begun; taken from the end. */
  readonly #continuing: Step[] = [];
  readonly #begun = new Set<Step["change"]>();
  readonly #waiting: Set<string>;
  /** The first of the ready that has not been started. */
  #next = 0;
  #running = 0;

  constructor(request: WalkRequest) {
    this.#request = request;
    this.#byKey = new Map(request.steps.map((step) => [step.key, step]));
    this.#waiting = new Set(this.#byKey.keys());
    for (const step of request.steps) {
      this.#must.set(step.key, this.#open(step.key, step.after));
      this.#should.set(step.key, this.#open(step.key, step.preferablyAfter));
    }
    for (const step of request.steps) this.#queueIfReady(step.key);
  }

  #open(key: string, before: readonly string[]): Set<string> {
    const open = new Set(before.filter((it) => this.#byKey.has(it)));
    for (const other of open) {
      const list = this.#dependants.get(other);
      if (list) list.push(key);
      else this.#dependants.set(other, [key]);
    }
    return open;
  }

  async run(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const advance = () => {
        try {
          this.#startReady(advance, reject);
          if (this.#running === 0) resolve();
        } catch (error) {
          reject(error);
        }
      };
      advance();
    });
    for (const key of this.#byKey.keys()) {
      if (!this.outcomes.has(key)) this.outcomes.set(key, { kind: "not-started" });
    }
  }

  #startReady(advance: () => void, reject: (error: unknown) => void): void {
    if (this.#isIdle() && !this.#request.signal?.aborted) this.#breakCircle();
    while (this.#running < this.#request.parallelism) {
      const step = this.#continuing.pop() ?? this.#takeNew();
      if (!step) return;
      this.#begun.add(step.change);
      this.#running += 1;
      this.#request.perform(step).then((succeeded) => {
        this.#running -= 1;
        this.#finish(step, succeeded);
        advance();
      }, reject);
    }
  }

  #takeNew(): Step | undefined {
    if (this.#request.signal?.aborted) return undefined;
    const step = this.#ready[this.#next];
    if (step) this.#next += 1;
    return step;
  }

  #isIdle(): boolean {
    const waiting = this.#continuing.length + this.#ready.length - this.#next;
    return waiting === 0 && this.#running === 0;
  }

  /** Nothing can start though steps are left: the preferences of the first that may go are dropped. */
  #breakCircle(): void {
    for (const key of this.#waiting) {
      if (this.#must.get(key)?.size !== 0) continue;
      this.#should.get(key)?.clear();
      this.#queueIfReady(key);
      return;
    }
    if (this.#waiting.size > 0) {
      throw new Error(`steps wait for each other: ${[...this.#waiting].join(", ")}`);
    }
  }

  #finish(step: Step, succeeded: boolean): void {
    this.outcomes.set(step.key, { kind: succeeded ? "succeeded" : "failed" });
    if (!succeeded) {
      this.#skipDependants(step);
      return;
    }
    for (const key of this.#dependants.get(step.key) ?? []) {
      this.#must.get(key)?.delete(step.key);
      this.#should.get(key)?.delete(step.key);
      this.#queueIfReady(key);
    }
  }

  #queueIfReady(key: string): void {
    const free = this.#must.get(key)?.size === 0 && this.#should.get(key)?.size === 0;
    const step = this.#byKey.get(key);
    if (!free || !step || !this.#waiting.delete(key)) return;
    if (this.#begun.has(step.change)) this.#continuing.push(step);
    else this.#ready.push(step);
  }

  #skipDependants(cause: Step): void {
    const reached = [cause.key];
    for (let key = reached.pop(); key !== undefined; key = reached.pop()) {
      for (const dependant of this.#dependants.get(key) ?? []) {
        const step = this.#byKey.get(dependant);
        if (!step || !this.#waiting.delete(dependant)) continue;
        this.outcomes.set(dependant, { kind: "skipped", because: cause });
        this.#request.onSkip(step, cause);
        reached.push(dependant);
      }
    }
  }
}
