import type { Connection } from "../model/connection.js";
import { CloudError } from "../model/errors.js";

/**
 * Watches for a cloud that cannot be reached any more. It is asked for a sign of life only when a
 * change has failed without an answer; any answer is one, a refusal too.
 */
export class ReachWatch {
  readonly #isReachable: Connection["isReachable"];
  readonly #gone = new AbortController();
  #isSuspected = false;
  #asking: Promise<void> | undefined;

  constructor({ isReachable }: Connection) {
    this.#isReachable = isReachable;
  }

  /** Aborted once the cloud has given no sign of life. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Does a step's work, and remembers where no answer came. */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isUnanswered(error)) this.#isSuspected = true;
      throw error;
    }
  }

  /** Resolves when it is known whether the cloud is there; asks for all who wait at once. */
  async look(): Promise<void> {
    if (!this.#isSuspected || this.gone.aborted) return;
    this.#asking ??= this.#ask();
    await this.#asking;
  }

  async #ask(): Promise<void> {
    try {
      if ((await this.#isReachable?.()) === false) this.#gone.abort();
    } finally {
      this.#isSuspected = false;
      this.#asking = undefined;
    }
  }
}

function isUnanswered(error: unknown): boolean {
  return (
    error instanceof CloudError &&
    error.code === "unreachable" &&
    error.response.status === undefined
  );
}
