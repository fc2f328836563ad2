import { type Address, formatAddress } from "../model/address.js";
import type { ApplyEvent } from "../model/event.js";
import { referencesIn } from "../model/expression.js";
import type { Action, Change, Plan } from "../model/plan.js";

/** What is being done now. */
export interface Running {
  readonly address: Address;
  readonly action: Action;
  /** When it started: the clock's milliseconds. */
  readonly since: number;
  /** What it last said of itself. */
  readonly message?: string;
}

/** What has not started, and what it waits for. */
export interface Waiting {
  readonly address: Address;
  readonly waitsFor: readonly string[];
}

/** How an apply stands: events go in, the live picture is drawn from it. */
export class ProgressState {
  startedAt: number | undefined;
  total: number;
  done = 0;
  failed = 0;
  readonly #running = new Map<string, Running>();
  readonly #waiting: Map<string, Waiting>;
  /** What something that refers to it did not wait for, such as a group that a rule names. */
  readonly #passed = new Set<string>();

  constructor(plan: Plan) {
    const changes = plan.changes.filter((change) => change.action !== "no-op");
    this.total = changes.length;
    this.#waiting = new Map(waitingOf(changes).map((it) => [formatAddress(it.address), it]));
  }

  get running(): readonly Running[] {
    return [...this.#running.values()];
  }

  get waiting(): readonly Waiting[] {
    return [...this.#waiting.values()];
  }

  /** Whether others wait for what has this address: it has not ended, and nobody went past it. */
  holdsUp(address: string): boolean {
    return this.#isOpen(address) && !this.#passed.has(address);
  }

  record(event: ApplyEvent): void {
    if (event.kind === "began") {
      this.startedAt = event.at;
      this.total = event.total;
    } else if (event.kind === "ended") {
      this.#running.clear();
      this.#waiting.clear();
    } else this.#recordResource(event);
  }

  #recordResource(event: Exclude<ApplyEvent, { kind: "began" | "ended" }>): void {
    const key = formatAddress(event.address);
    const waited = this.#waiting.get(key)?.waitsFor ?? [];
    this.#waiting.delete(key);
    if (event.kind === "started") {
      const { address, action, at } = event;
      for (const other of waited) if (this.#isOpen(other)) this.#passed.add(other);
      this.#running.set(key, { address, action, since: at });
      return;
    }
    const running = this.#running.get(key);
    if (event.kind === "progress") {
      if (running) this.#running.set(key, { ...running, message: event.message });
      return;
    }
    this.#running.delete(key);
    this.done += 1;
    if (event.kind === "failed") this.failed += 1;
  }

  #isOpen(address: string): boolean {
    return this.#running.has(address) || this.#waiting.has(address);
  }
}

/** Makers wait for what they refer to; what goes waits for what refers to it. */
function waitingOf(changes: readonly Change[]): readonly Waiting[] {
  const dependants = new Map<string, string[]>();
  for (const change of changes.filter((it) => it.action === "delete")) {
    for (const dependency of change.instance.dependencies) {
      const key = formatAddress(dependency);
      dependants.set(key, [...(dependants.get(key) ?? []), formatAddress(change.address)]);
    }
  }
  return changes.map((change) => {
    const self = formatAddress(change.address);
    const before = "resource" in change ? dependenciesOf(change) : (dependants.get(self) ?? []);
    return { address: change.address, waitsFor: before.filter((it) => it !== self) };
  });
}

function dependenciesOf(change: Extract<Change, { resource: unknown }>): readonly string[] {
  const { config, dependsOn } = change.resource;
  const references = referencesIn(config).map(({ reference }) => reference.address);
  return [...new Set([...references, ...dependsOn].map(formatAddress))];
}
