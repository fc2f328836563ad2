import { formatAddress } from "../model/address.js";
import type { Connection } from "../model/connection.js";
import { CloudError, OutsideError } from "../model/errors.js";
import type { Change } from "../model/plan.js";
import { type Amounts, findShortages, sumAmounts } from "../model/quota.js";
import type { Room } from "../model/quota-rule.js";
import type { ResourceType } from "../model/resource-type.js";
import type { Step } from "./step.js";

type Rooms = Readonly<Record<string, Room>>;

const HELP =
  "Ask the cloud's operator for a larger quota or remove what is not needed, and apply again; `portcullis plan` tells it beforehand, as far as the cloud does.";

/**
 * Watches for quotas that are used up. The cloud is asked about them only when it has refused
 * something for that reason; what has no room after that is not tried.
 */
export class QuotaWatch {
  readonly #types: ReadonlyMap<string, ResourceType>;
  readonly #connection: Connection;
  /** What the changes still need, by address. */
  readonly #needs = new Map<string, { readonly type: string; readonly amounts: Amounts }>();
  /** What is left, by type, since something of the type was refused. */
  readonly #rooms = new Map<string, Promise<Rooms>>();

  constructor(
    changes: readonly Change[],
    types: ReadonlyMap<string, ResourceType>,
    connection: Connection,
  ) {
    this.#types = types;
    this.#connection = connection;
    for (const change of changes) this.#note(change, false);
  }

  /** Does a step's work, unless it is known that there is no room for it. */
  async guard<T>({ change, kind }: Step, work: () => Promise<T>): Promise<T> {
    const { type } = change.address;
    const rooms = (await this.#rooms.get(type)) ?? {};
    const own = this.#needs.get(formatAddress(change.address))?.amounts ?? {};
    const grows = kind === "make" || kind === "settle";
    const [shortage] = grows ? findShortages(own, rooms) : [];
    if (shortage) {
      throw new OutsideError("quota", `not tried: it needs ${shortage}`);
    }
    try {
      const result = await work();
      if (kind === "make") this.#note(change, true);
      if (kind === "settle") this.#needs.delete(formatAddress(change.address));
      return result;
    } catch (error) {
      if (error instanceof CloudError && error.code === "quota")
        throw await this.#explain(type, error);
      throw error;
    }
  }

  #note(change: Change, isMade: boolean): void {
    const amounts = this.#types.get(change.address.type)?.quota?.needs(change, isMade);
    if (!amounts) return;
    this.#needs.set(formatAddress(change.address), { type: change.address.type, amounts });
  }

  /** The refusal with what the rest of the plan needs and what is left. */
  async #explain(type: string, error: CloudError): Promise<CloudError> {
    const rooms = this.#rooms.get(type) ?? this.#ask(type);
    this.#rooms.set(type, rooms);
    const open = [...this.#needs.values()].filter((it) => it.type === type);
    const shortages = findShortages(sumAmounts(open.map((it) => it.amounts)), await rooms);
    const rest = shortages.map((it) => `; what is left of the plan needs ${it}`).join("");
    return new CloudError("quota", `${error.message}${rest}`, error.response, {
      cause: error,
      help: error.help ?? HELP,
    });
  }

  async #ask(name: string): Promise<Rooms> {
    const type = this.#types.get(name);
    if (!type?.quota) return {};
    const { cloud } = this.#connection;
    try {
      return await type.quota.room(cloud, (await type.list(cloud)).length);
    } catch (error) {
      // The refusal itself is the better message.
      if (error instanceof CloudError) return {};
      throw error;
    }
  }
}
