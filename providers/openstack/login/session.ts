import { CloudError } from "../../../engine/model/errors.js";
import type { Sensitive } from "../../../engine/model/value.js";
import type { Attempt } from "../http/persist.js";
import type { Token } from "./token.js";

/** The token in use. Whoever finds it refused asks for another; all who ask at once get the same. */
export class Session {
  readonly #logIn: () => Promise<Token>;
  #token: Sensitive;
  #renewal: Promise<Attempt<Sensitive>> | undefined;

  constructor(first: Token, logIn: () => Promise<Token>) {
    this.#token = first.value;
    this.#logIn = logIn;
  }

  get token(): Sensitive {
    return this.#token;
  }

  /** A token other than the spent one: one log-in, however many ask. */
  renew(spent: Sensitive): Promise<Attempt<Sensitive>> {
    if (spent !== this.#token) return Promise.resolve({ kind: "done", value: this.#token });
    this.#renewal ??= this.#logInAgain().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #logInAgain(): Promise<Attempt<Sensitive>> {
    try {
      this.#token = (await this.#logIn()).value;
      return { kind: "done", value: this.#token };
    } catch (error) {
      if (error instanceof CloudError) return { kind: "failure", error, transient: false };
      throw error;
    }
  }
}
