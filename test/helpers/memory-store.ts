import { OutsideError } from "../../engine/model/errors.js";
import {
  type JournalEntry,
  replay,
  type Snapshot,
  type StateStore,
} from "../../engine/model/state.js";
import { formatSnapshot, parseSnapshot } from "../../state/format.js";

/** A state in memory, kept in the format of the file so that every test goes through it. */
export class MemoryStore implements StateStore {
  readonly location = "memory";
  /** The text of the state; undefined where there is none. */
  text: string | undefined;
  /** Is told of each entry before it is kept; may throw. */
  onAppend: (entry: JournalEntry) => void = () => {};
  #entries: JournalEntry[] = [];

  async read(): Promise<Snapshot | undefined> {
    if (this.text === undefined) return undefined;
    return replay(parseSnapshot(new TextEncoder().encode(this.text)), this.#entries);
  }

  async write(snapshot: Snapshot, expectedSerial: number): Promise<void> {
    const { serial } = (await this.read()) ?? { serial: 0 };
    if (serial !== expectedSerial) throw new OutsideError("state-stale", "another serial");
    this.text = formatSnapshot(snapshot);
    this.#entries = [];
  }

  async append(entry: JournalEntry): Promise<void> {
    this.onAppend(entry);
    this.#entries.push(entry);
  }

  isWhole(): boolean {
    return this.#entries.length === 0;
  }

  async lock() {
    return {
      lost: new AbortController().signal,
      confirm: async () => {},
      release: async () => {},
    };
  }

  async holder() {
    return undefined;
  }

  async unlock() {
    return false;
  }
}
