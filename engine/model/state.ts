import { type Address, compareAddresses, formatAddress } from "./address.js";
import type { CloudIdentity } from "./cloud-identity.js";
import type { Clock } from "./runtime.js";
import type { JsonObject } from "./value.js";

/** What is remembered of one resource instance. Never holds a secret. */
export interface ResourceInstance {
  readonly address: Address;
  readonly provider: string;
  /** The cloud's id of it; a key pair's is its name. */
  readonly id: string;
  /** As last seen, in the resource type's canonical form. */
  readonly attributes: JsonObject;
  /** What it referred to or named in `depends_on` when it was last written, and was there. */
  readonly dependencies: readonly Address[];
  /** The version of the resource type's attribute format. */
  readonly schemaVersion: number;
  /** Kept here so that it holds even when the declaration is gone. */
  readonly preventDestroy: boolean;
}

/** A write that was begun: recorded before the cloud is asked, so that a killed run is understood. */
export interface Intent {
  readonly address: Address;
  readonly action: "create" | "update" | "delete" | "import";
  /** When it was begun: ISO 8601, UTC. */
  readonly startedAt: string;
  /** The run that began it. */
  readonly run: string;
  /** The name it has in the cloud. */
  readonly name: string;
  /** Ids of what the cloud had under the same name before: none of them is this run's work. */
  readonly existing: readonly string[];
  /** Where a creation puts a secret: attributes such as `write_to`, and never the secret. */
  readonly delivery?: JsonObject;
}

/** The whole state at one moment. */
export interface Snapshot {
  /** Made once, with the state: two states with different lineages are strangers. */
  readonly lineage: string;
  /** Grows by one with each write of the snapshot. */
  readonly serial: number;
  /** The cloud, user and project it was made on; absent until something was made. */
  readonly cloud?: CloudIdentity;
  /** Sorted by address. */
  readonly instances: readonly ResourceInstance[];
  /** Writes that were begun and whose end was not recorded. */
  readonly pending: readonly Intent[];
  /** The outputs' values after the last apply; sensitive ones are left out. */
  readonly outputs: JsonObject;
}

/** One step of an apply, appended to the state while it runs. */
export type JournalEntry =
  | { readonly kind: "cloud"; readonly cloud: CloudIdentity }
  | { readonly kind: "begun"; readonly intent: Intent }
  | { readonly kind: "written"; readonly instance: ResourceInstance }
  | { readonly kind: "removed"; readonly address: Address }
  /** The write failed without effect. */
  | { readonly kind: "abandoned"; readonly address: Address };

/** A state with nothing in it. */
export function emptySnapshot(lineage: string): Snapshot {
  return { lineage, serial: 0, instances: [], pending: [], outputs: {} };
}

/** The snapshot after these entries; its serial stays. */
export function replay(snapshot: Snapshot, entries: Iterable<JournalEntry>): Snapshot {
  const ledger = new Ledger(snapshot);
  for (const entry of entries) ledger.record(entry);
  return ledger.snapshot();
}

/** A state under change: takes entries in constant time each. */
export class Ledger {
  readonly #instances: Map<string, ResourceInstance>;
  readonly #pending: Map<string, Intent>;
  /** The address that had an id last. */
  readonly #holders: Map<string, string>;
  readonly #base: Snapshot;
  #cloud: CloudIdentity | undefined;

  constructor(base: Snapshot) {
    this.#base = base;
    this.#cloud = base.cloud;
    this.#instances = new Map(base.instances.map((it) => [formatAddress(it.address), it]));
    this.#pending = new Map(base.pending.map((it) => [formatAddress(it.address), it]));
    this.#holders = new Map(base.instances.map((it) => [idOf(it), formatAddress(it.address)]));
  }

  record(entry: JournalEntry): void {
    switch (entry.kind) {
      case "cloud":
        this.#cloud = entry.cloud;
        return;
      case "begun":
        this.#pending.set(formatAddress(entry.intent.address), entry.intent);
        return;
      case "written":
        this.#write(entry.instance);
        return;
      case "removed":
        this.#instances.delete(formatAddress(entry.address));
        this.#pending.delete(formatAddress(entry.address));
        return;
      case "abandoned":
        this.#pending.delete(formatAddress(entry.address));
        return;
    }
  }

  /** One thing is one instance: what bears the id now is not what another address remembers by it. */
  #write(instance: ResourceInstance): void {
    const address = formatAddress(instance.address);
    const id = idOf(instance);
    const former = this.#instances.get(this.#holders.get(id) ?? address);
    if (former && idOf(former) === id) this.#instances.delete(formatAddress(former.address));
    this.#holders.set(id, address);
    this.#instances.set(address, instance);
    this.#pending.delete(address);
  }

  instance(address: Address): ResourceInstance | undefined {
    return this.#instances.get(formatAddress(address));
  }

  intent(address: Address): Intent | undefined {
    return this.#pending.get(formatAddress(address));
  }

  snapshot(): Snapshot {
    const byAddress = (a: { address: Address }, b: { address: Address }) =>
      compareAddresses(a.address, b.address);
    return {
      ...this.#base,
      ...(this.#cloud && { cloud: this.#cloud }),
      instances: [...this.#instances.values()].sort(byAddress),
      pending: [...this.#pending.values()].sort(byAddress),
    };
  }
}

/** Keeps a state: a port, with one conformance suite for all its kinds. */
export interface StateStore {
  /** Where it is, for messages. */
  readonly location: string;
  /**
   * The state, with what an interrupted run appended to it; undefined where there is none.
   * Throws `state-unreadable` for anything it does not understand whole.
   */
  read(): Promise<Snapshot | undefined>;
  /**
   * Replaces the state, whole or not at all, and ends the appended entries; durable when it
   * resolves. Throws `state-stale` unless the serial there is `expectedSerial` (0: no state yet).
   */
  write(snapshot: Snapshot, expectedSerial: number): Promise<void>;
  /** Adds to the state last read or written; durable when it resolves. */
  append(entry: JournalEntry): Promise<void>;
  /** Whether all that was read or written last is in the state itself, and nothing is appended to it. */
  isWhole(): boolean;
  /**
   * Takes the state for one run; from then on this store writes only while the lock is its own.
   * Waits for another owner as long as `wait` says, else not at all. Throws `state-locked` and
   * names the owner, and `interrupted` where the wait is.
   */
  lock(owner: LockOwner, wait?: LockWait): Promise<StateLock>;
  /** Who holds it; undefined where nobody does. Throws `state-locked` where that cannot be told. */
  holder(): Promise<LockOwner | undefined>;
  /** Takes the lock away from the run of that id, which then writes no more; false where it has none. */
  unlock(run: string): Promise<boolean>;
}

/** Who holds a state. */
export interface LockOwner {
  /** The run's id, by which its lock is known. */
  readonly run: string;
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  readonly command: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/** How a lock that another run has is waited for. */
export interface LockWait {
  readonly clock: Clock;
  /** Milliseconds. */
  readonly timeout: number;
  /** Called again and again while it waits; `left` in milliseconds. */
  readonly onWait: (owner: LockOwner, left: number) => void;
  /** Once aborted, the wait is over. */
  readonly signal: AbortSignal;
}

/** From whom a lock was taken. */
export interface TookOver {
  readonly owner: LockOwner;
  /** Its process is gone; its machine has started again since; it gave no sign of life for its lease. */
  readonly because: "dead" | "restarted" | "silent";
}

export interface StateLock {
  /** The owner from whom it was taken, if there was one. */
  readonly tookOver?: TookOver;
  /** Aborted once another run is seen to have it: nothing can be written any more. */
  readonly lost: AbortSignal;
  /** Throws `lock-lost` unless it is still this run's. */
  confirm(): Promise<void>;
  release(): Promise<void>;
}

function idOf({ provider, address, id }: ResourceInstance): string {
  return JSON.stringify([provider, address.type, id]);
}
