import type { Clock } from "../../../engine/model/runtime.js";
import { Concurrency } from "./concurrency.js";
import type { Outcome } from "./exchange.js";
import { retryAfter } from "./retry-after.js";

/** Statuses by which a service says that it has too much to do. */
const STRAINED = new Set([429, 502, 503, 504]);

/**
 * Where the requests to one service wait until it should get them: no more at once than it bears,
 * and none while it asks for a pause.
 */
export class Gate {
  readonly #clock: Clock;
  readonly #concurrency = new Concurrency();
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  /** The clock's time in milliseconds; undefined while there is no pause. */
  #pauseEnd: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Sends a request when its turn has come. `kind` is what its time is compared with. */
  async pass(kind: string, send: () => Promise<Outcome>): Promise<Outcome> {
    await new Promise<void>((enter) => {
      this.#waiting.push(enter);
      this.#admit();
    });
    const trip = this.#concurrency.begin(kind);
    const start = this.#now();
    try {
      const outcome = await send();
      if (isStrained(outcome)) this.#concurrency.strained(trip);
      else this.#concurrency.answered(trip, this.#now() - start);
      this.#obey(outcome);
      return outcome;
    } finally {
      this.#underWay -= 1;
      this.#admit();
    }
  }

  #admit(): void {
    while (this.#pauseEnd === undefined && this.#underWay < this.#concurrency.limit) {
      const enter = this.#waiting.shift();
      if (!enter) return;
      this.#underWay += 1;
      enter();
    }
  }

  #obey(outcome: Outcome): void {
    if (outcome.kind !== "answer" || !isStrained(outcome)) return;
    const wait = retryAfter(outcome.answer.headers["retry-after"], this.#clock.now());
    if (wait !== undefined) this.#hold(wait);
  }

  /** Lets nobody through for so many milliseconds, unless a pause that is longer has begun. */
  #hold(milliseconds: number): void {
    const end = this.#now() + milliseconds;
    if (this.#pauseEnd !== undefined && this.#pauseEnd >= end) return;
    this.#pauseEnd = end;
    this.#clock.sleep(milliseconds).then(() => {
      if (this.#pauseEnd !== end) return;
      this.#pauseEnd = undefined;
      this.#admit();
    });
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}

function isStrained(outcome: Outcome): boolean {
  return outcome.kind === "failure" ? outcome.transient : STRAINED.has(outcome.answer.status);
}
