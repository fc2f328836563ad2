import type { Runtime } from "../../../engine/model/runtime.js";
import { Concurrency } from "./concurrency.js";
import type { HttpAnswer, Outcome } from "./exchange.js";
import { LONGEST_WAIT, retryAfter } from "./retry-after.js";
import { tellPause } from "./waiting.js";

/** Statuses by which a service says that it has too much to do. */
const STRAINED = new Set([429, 502, 503, 504]);
/** Statuses by which it asks everybody to come later, also where it does not say when. */
const REFUSED = new Set([429, 503]);

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 16_000;

/** Whether all requests pause after an answer of this status that asks to wait so many milliseconds. */
export function isHeld(status: number | undefined, asked = 0): boolean {
  return status !== undefined && (asked > 0 ? STRAINED : REFUSED).has(status);
}

/**
 * Where the requests to one service wait until it should get them: no more at once than it bears,
 * and none while it asks for a pause.
 */
export class Gate {
  readonly #runtime: Runtime;
  readonly #concurrency = new Concurrency();
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  /** The clock's time in milliseconds; undefined while there is no pause. */
  #pauseEnd: number | undefined;
  /** Pauses since the last good answer. */
  #refusals = 0;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
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
      if (outcome.kind === "answer") this.#obey(outcome.answer);
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

  #obey({ status, headers }: HttpAnswer): void {
    if (!STRAINED.has(status)) {
      this.#refusals = 0;
      return;
    }
    const asked = retryAfter(headers, this.#runtime.clock.now()) ?? 0;
    if (asked > 0) {
      // Whoever would have to wait longer gives up.
      if (asked <= LONGEST_WAIT) this.#hold(asked, `the cloud asks for a pause (${status})`);
    } else if (REFUSED.has(status) && this.#pauseEnd === undefined) {
      this.#hold(this.#ownPause(), `the cloud refuses requests for now (${status})`);
    }
  }

  /** Twice as long each time in a row, less up to half so that clients spread. */
  #ownPause(): number {
    const full = Math.min(FIRST_PAUSE * 2 ** this.#refusals, LONGEST_PAUSE);
    this.#refusals += 1;
    const [random = 0] = this.#runtime.random.bytes(1);
    return full * (1 - random / 512);
  }

  /** Lets nobody through for so many milliseconds, unless a pause that is longer has begun. */
  #hold(milliseconds: number, why: string): void {
    const end = this.#now() + milliseconds;
    if (this.#pauseEnd !== undefined && this.#pauseEnd >= end) return;
    this.#pauseEnd = end;
    tellPause(this.#runtime, milliseconds, why);
    this.#runtime.clock.sleep(milliseconds).then(() => {
      if (this.#pauseEnd !== end) return;
      this.#pauseEnd = undefined;
      this.#admit();
    });
  }

  #now(): number {
    return this.#runtime.clock.now().getTime();
  }
}

function isStrained(outcome: Outcome): boolean {
  return outcome.kind === "failure" ? outcome.transient : STRAINED.has(outcome.answer.status);
}
