/** No service gets more requests at once than this, however quickly it answers. */
export const MOST_AT_ONCE = 16;

const FIRST = 4;
/** No answer that took less is slow. */
const SLOW_MILLISECONDS = 500;
/** How much longer than a queue of all that are under way at the service's best pace is slow. */
const SLOW_FACTOR = 1.5;

/** A request under way, as {@link Concurrency.begin} gave it out. */
export interface Trip {
  /** What it is compared with: requests of one kind take about the same time. */
  readonly kind: string;
  readonly generation: number;
}

/**
 * How many requests a service should get at once: more while it answers well, half as many when it
 * is strained, as TCP does it (RFC 5681). Without a clock: it is told how long each answer took.
 */
export class Concurrency {
  #window = FIRST;
  /** Until the first strain it doubles with each round of answers, afterwards it grows by one. */
  #exploring = true;
  #generation = 0;
  /** The least time of an answer in milliseconds, by kind. */
  readonly #least = new Map<string, number>();

  get limit(): number {
    return Math.floor(this.#window);
  }

  begin(kind: string): Trip {
    return { kind, generation: this.#generation };
  }

  /** It was answered, after so many milliseconds. */
  answered(trip: Trip, elapsed: number): void {
    const least = Math.min(this.#least.get(trip.kind) ?? elapsed, elapsed);
    this.#least.set(trip.kind, least);
    if (elapsed > Math.max(SLOW_MILLISECONDS, SLOW_FACTOR * least * this.#window)) {
      this.strained(trip);
      return;
    }
    const growth = this.#exploring ? 1 : 1 / this.#window;
    this.#window = Math.min(this.#window + growth, MOST_AT_ONCE);
  }

  /** It was refused for the load, or lost. Of all that were under way together one counts. */
  strained({ generation }: Trip): void {
    if (generation !== this.#generation) return;
    this.#generation += 1;
    this.#exploring = false;
    this.#window = Math.max(this.#window / 2, 1);
  }
}
