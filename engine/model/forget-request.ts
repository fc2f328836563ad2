import type { Address } from "./address.js";
import type { JsonObject } from "./value.js";

export interface ForgetRequest {
  readonly address: Address;
  /** As remembered; of what was never made only its name and its `delivery`. */
  readonly existing: JsonObject;
}
