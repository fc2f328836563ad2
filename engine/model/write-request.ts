import type { Address } from "./address.js";
import type { JsonObject, ValueObject } from "./value.js";

interface WriteRequest {
  readonly address: Address;
  /** Says what it waits for or does, while it does. */
  readonly report: (message: string) => void;
}

export interface CreateRequest extends WriteRequest {
  /** Known whole, secrets Sensitive; what the type itself decides at creation is absent. */
  readonly desired: ValueObject;
  /** The remembered attributes of an instance that was removed outside. */
  readonly previous?: JsonObject;
}

export interface UpdateRequest extends WriteRequest {
  readonly id: string;
  readonly desired: ValueObject;
  readonly existing: JsonObject;
}

export interface DeleteRequest extends WriteRequest {
  /** How many milliseconds something in use is waited for; absent: as long as the type finds right. */
  readonly patience?: number;
  /** Whether the user wants an end: nothing is waited for any more. */
  readonly isInterrupted?: () => boolean;
  readonly id: string;
  readonly existing: JsonObject;
}
