/**
 * Chooses among the ways to write one thing; the same seed makes the same choices. With seed 0 it
 * always takes the first way.
 */
export class Spelling {
  #state: number;
  readonly #plain: boolean;

  constructor(readonly seed: number) {
    this.#plain = seed === 0;
    this.#state = seed >>> 0;
  }

  /** A whole number below `count`. */
  below(count: number): number {
    return this.#plain ? 0 : Math.floor(this.#draw() * count);
  }

  /** One of these. */
  one<T>(first: T, ...others: readonly T[]): T {
    return [first, ...others][this.below(others.length + 1)] ?? first;
  }

  /** True once in so many times; never with seed 0. */
  rarely(times: number): boolean {
    return !this.#plain && this.#draw() * times < 1;
  }

  /** The same items in some order. */
  shuffled<T>(items: readonly T[]): readonly T[] {
    if (this.#plain) return items;
    return items
      .map((item) => ({ item, rank: this.#draw() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  }

  /** mulberry32: uniform in [0, 1). */
  #draw(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
