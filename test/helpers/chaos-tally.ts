/** What many runs through a bad network met, and what they left in the clouds that should not be there. */
export class ChaosTally {
  #runs = 0;
  #duplicates = 0;
  #orphans = 0;
  readonly #faults = new Map<string, number>();

  /** A run ended; `record` is the proxy's. */
  run(record: readonly string[]): void {
    this.#runs += 1;
    for (const line of record) {
      const fault = line.slice(line.lastIndexOf("): ") + 3);
      this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + 1);
    }
  }

  /** The cloud holds what has these names, and should hold each of `wanted` once and nothing else. */
  survey(names: readonly string[], wanted: readonly string[]): void {
    const different = new Set(names);
    this.#duplicates += names.length - different.size;
    this.#orphans += [...different].filter((it) => !wanted.includes(it)).length;
  }

  get text(): string {
    const requests = [...this.#faults.values()].reduce((sum, it) => sum + it, 0);
    const spared = this.#faults.get("none") ?? 0;
    const kinds = [...this.#faults].filter(([kind]) => kind !== "none").sort();
    const faults = kinds.map(([kind, times]) => `${kind} ${times}`).join(", ");
    const left = `duplicates ${this.#duplicates}, orphans ${this.#orphans}`;
    return `runs ${this.#runs}, requests ${requests}, faults ${requests - spared} (${faults}), ${left}`;
  }
}
