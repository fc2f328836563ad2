import { formatAddress } from "../model/address.js";
import type { Connection } from "../model/connection.js";
import { CloudError, OutsideError } from "../model/errors.js";
import type { Change } from "../model/plan.js";
import { type Amounts, findShortages, sumAmounts } from "../model/quota.js";
import type { QuotaCount, Room } from "../model/quota-rule.js";
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
  /** The changes that are not done, by address, and whether what they begin with is. */
  readonly #open = new Map<string, { readonly change: Change; readonly isMade: boolean }>();
  /** How to count, by type, in this cloud: known since something of the type was refused. */
  readonly #rules = new Map<string, QuotaCount>();
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
    const rooms = await this.#rooms.get(type);
    const grows = kind === "make" || kind === "settle";
    const [shortage] =
      grows && rooms ? findShortages(this.#needs(formatAddress(change.address)), rooms) : [];
    if (shortage) {
      throw new OutsideError("quota", `not tried: it needs ${shortage}`);
    }
    try {
      const result = await work();
      if (kind === "make") this.#note(change, true);
      if (kind === "settle") this.#open.delete(formatAddress(change.address));
      return result;
    } catch (error) {
      if (error instanceof CloudError && error.code === "quota")
        throw await this.#explain(type, error);
      throw error;
    }
  }

  #note(change: Change, isMade: boolean): void {
    this.#open.set(formatAddress(change.address), { change, isMade });
  }

  /** What a change still needs. */
  #needs(address: string): Amounts {
    const open = this.#open.get(address);
    if (!open) return {};
    const { type } = open.change.address;
    const rule = this.#rules.get(type) ?? this.#types.get(type)?.quota;
    return rule?.needs(open.change, open.isMade) ?? {};
  }

  /** The refusal with what the rest of the plan needs and what is left. */
  async #explain(type: string, error: CloudError): Promise<CloudError> {
    const rooms = this.#rooms.get(type) ?? this.#ask(type);
    this.#rooms.set(type, rooms);
    const left = await rooms;
    const open = [...this.#open].filter(([, { change }]) => change.address.type === type);
    const needed = sumAmounts(open.map(([address]) => this.#needs(address)));
    const shortages = findShortages(needed, left);
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
      const rule = await type.quota.inCloud?.(cloud);
      if (rule) this.#rules.set(name, rule);
      return await type.quota.room(cloud, (await type.list(cloud)).length);
    } catch (error) {
      // The refusal itself is the better message.
      if (error instanceof CloudError) return {};
      throw error;
    }
  }
}
