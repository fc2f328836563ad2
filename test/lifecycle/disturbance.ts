import type { StateStore } from "../../engine/model/state.js";
import type { SandboxOptions } from "../../providers/sandbox/server.js";
import type { Fault, Trouble } from "./arbitrary-life.js";

/** What a process meets that is killed: nothing it does has any effect. */
class Killed extends Error {
  constructor() {
    super("the process was killed");
  }
}

type Reply = ReturnType<NonNullable<SandboxOptions["instead"]>>;

/** Brings the trouble of one attempt upon everything that the attempt touches. */
export class Disturbance {
  readonly #trouble: Trouble | undefined;
  readonly #interrupt = new AbortController();
  #moments = 0;
  #requests = 0;
  #isDead = false;
  #isFelt = false;

  constructor(trouble?: Trouble) {
    this.#trouble = trouble;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Whether anything has come of it. */
  get isFelt(): boolean {
    return this.#isFelt;
  }

  /** Aborted by an interrupt. */
  get signal(): AbortSignal {
    return this.#interrupt.signal;
  }

  /** What the cloud answers in place of its own answer. Throws where the connection is cut. */
  instead(moment: "before" | "after", { method, path }: { method: string; path: string }): Reply {
    this.pass();
    const trouble = this.#trouble;
    if (!trouble || trouble.kind === "kill" || path.endsWith("/auth/tokens")) return undefined;
    if (trouble.kind === "fault" && trouble.writes && method === "GET") return undefined;
    if (moment === "before") this.#requests += 1;
    const since = this.#requests - 1 - trouble.at;
    if (trouble.kind === "fault") {
      return since >= 0 && since < trouble.times ? this.#inflict(trouble.fault, moment) : undefined;
    }
    if (since === 0) {
      this.#isFelt = true;
      this.#interrupt.abort();
    }
    return undefined;
  }

  /** The state as a process writes it that may be killed in between. */
  store(store: StateStore): StateStore {
    return {
      location: store.location,
      read: () => store.read(),
      write: (snapshot, serial) => this.#around(() => store.write(snapshot, serial)),
      append: (entry) => this.#around(() => store.append(entry)),
      isWhole: () => store.isWhole(),
      lock: (owner, wait) => store.lock(owner, wait),
      holder: () => store.holder(),
      unlock: (run) => store.unlock(run),
    };
  }

  /** One moment goes by. Throws in a process that was killed. */
  pass(): void {
    if (this.#trouble?.kind === "kill" && this.#moments++ === this.#trouble.at) {
      this.#isFelt = true;
      this.#isDead = true;
    }
    if (this.#isDead) throw new Killed();
  }

  #inflict(fault: Fault, moment: "before" | "after"): Reply {
    if (moment !== momentOf(fault)) return undefined;
    this.#isFelt = true;
    if (fault.kind === "cut") throw new Error("the connection is cut");
    const { status } = fault;
    const headers = status === 429 || status === 503 ? { "retry-after": "1" } : {};
    return { status, headers, html: `<html><title>Trouble ${status}</title></html>` };
  }

  async #around<T>(write: () => Promise<T>): Promise<T> {
    this.pass();
    const result = await write();
    this.pass();
    return result;
  }
}

function momentOf(fault: Fault): "before" | "after" {
  if (fault.kind === "cut") return fault.moment;
  return fault.kind === "refusal" ? "before" : "after";
}
