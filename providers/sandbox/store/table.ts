import type { Journal } from "./journal.js";

/** What a table holds: JSON with an id. */
export interface Row {
  readonly id: string;
}

/** The value under which an index finds a row; undefined leaves it out. */
export type KeyOf<R> = (row: R) => string | undefined;

interface Index<R> {
  readonly keyOf: KeyOf<R>;
  readonly entries: Map<string, Set<string>>;
}

/** Rows by id, in the order of their first writing, with indexes; each operation is O(1) of the table. */
export class Table<R extends Row, I extends string = never> {
  readonly #name: string;
  readonly #journal: Journal;
  readonly #rows = new Map<string, R>();
  readonly #indexes: ReadonlyMap<string, Index<R>>;

  constructor(name: string, journal: Journal, indexes: Readonly<Record<I, KeyOf<R>>>) {
    this.#name = name;
    this.#journal = journal;
    this.#indexes = new Map(
      Object.entries<KeyOf<R>>(indexes).map(([index, keyOf]) => [
        index,
        { keyOf, entries: new Map() },
      ]),
    );
    for (const row of journal.contents.get(name)?.values() ?? []) this.#insert(row as R);
  }

  get size(): number {
    return this.#rows.size;
  }

  get(id: string): R | undefined {
    return this.#rows.get(id);
  }

  all(): readonly R[] {
    return [...this.#rows.values()];
  }

  /** The rows with this key, in the order of their writing. */
  by(index: I, key: string): readonly R[] {
    const ids = this.#ids(index, key);
    return [...ids].flatMap((id) => this.#rows.get(id) ?? []);
  }

  /** The first row with this key. */
  first(index: I, key: string): R | undefined {
    for (const id of this.#ids(index, key)) return this.#rows.get(id);
    return undefined;
  }

  /** How many rows have this key. */
  count(index: I, key: string): number {
    return this.#ids(index, key).size;
  }

  /** Adds a row, or replaces the one of its id. */
  put(row: R): R {
    this.#remove(row.id);
    this.#insert(row);
    this.#journal.record([this.#name, row.id, row]);
    return row;
  }

  delete(id: string): void {
    this.#remove(id);
    this.#rows.delete(id);
    this.#journal.record([this.#name, id, null]);
  }

  #ids(index: I, key: string): ReadonlySet<string> {
    return this.#indexes.get(index)?.entries.get(key) ?? new Set();
  }

  #insert(row: R): void {
    this.#rows.set(row.id, row);
    for (const { keyOf, entries } of this.#indexes.values()) {
      const key = keyOf(row);
      if (key === undefined) continue;
      const ids = entries.get(key) ?? new Set();
      entries.set(key, ids.add(row.id));
    }
  }

  /** Takes a row out of the indexes. */
  #remove(id: string): void {
    const row = this.#rows.get(id);
    if (!row) return;
    for (const { keyOf, entries } of this.#indexes.values()) {
      const key = keyOf(row);
      const ids = key === undefined ? undefined : entries.get(key);
      if (!ids || key === undefined) continue;
      ids.delete(id);
      if (ids.size === 0) entries.delete(key);
    }
  }
}
