import type { JsonObject } from "./value.js";

/** Something in the cloud. */
export interface RemoteObject {
  readonly id: string;
  readonly name: string;
  /** In canonical form, without local attributes. */
  readonly attributes: JsonObject;
  /** When it was last changed, where the cloud tells: ISO 8601, UTC. */
  readonly updatedAt?: string;
}
