import { type Address, formatAddress } from "../model/address.js";
import {
  type Intent,
  type JournalEntry,
  Ledger,
  type ResourceInstance,
  type Snapshot,
  type StateStore,
} from "../model/state.js";
import type { JsonObject } from "../model/value.js";

/** The state while a plan is applied: each entry is on disk before the work goes on. */
export class Recorder {
  readonly #store: StateStore;
  readonly #ledger: Ledger;
  /** The attributes of what exists now, by address. */
  readonly #live: Map<string, JsonObject>;
  /** Why the state could not be written. From then on nothing more is begun. */
  #failure: { readonly error: unknown } | undefined;

  constructor(store: StateStore, base: Snapshot, live: ReadonlyMap<string, JsonObject>) {
    this.#store = store;
    this.#ledger = new Ledger(base);
    this.#live = new Map(live);
  }

  async record(entry: JournalEntry): Promise<void> {
    if (this.#failure && entry.kind === "begun") throw this.#failure.error;
    try {
      await this.#store.append(entry);
    } catch (error) {
      this.#failure ??= { error };
      throw error;
    }
    this.#ledger.record(entry);
    if (entry.kind === "written") {
      this.#live.set(formatAddress(entry.instance.address), entry.instance.attributes);
    }
    if (entry.kind === "removed") this.#live.delete(formatAddress(entry.address));
  }

  /** Remembers something without touching the disk: it is written with the snapshot at the end. */
  note(entry: JournalEntry): void {
    this.#ledger.record(entry);
  }

  instance(address: Address): ResourceInstance | undefined {
    return this.#ledger.instance(address);
  }

  /** The write that was begun and is not ended. */
  intent(address: Address): Intent | undefined {
    return this.#ledger.intent(address);
  }

  attributes(address: Address): JsonObject | undefined {
    return this.#live.get(formatAddress(address));
  }

  snapshot(): Snapshot {
    return this.#ledger.snapshot();
  }
}
