import type { Address } from "./address.js";
import type { Diagnostic } from "./diagnostic.js";
import type { RemoteObject } from "./remote-object.js";
import type { Intent } from "./state.js";
import type { JsonObject, ValueObject } from "./value.js";

export interface ClaimRequest {
  readonly address: Address;
  readonly desired: ValueObject;
  /** What the cloud has, no instance in state is, and no other address has claimed. */
  readonly unmanaged: readonly RemoteObject[];
  /** What an interrupted run had begun for this address. */
  readonly intent?: Intent;
  /** How many other addresses it had begun to create under the same name; absent: none. */
  readonly rivals?: number;
  /** The remembered attributes of an instance that was removed outside. */
  readonly previous?: JsonObject;
}

export type Claim =
  /** Nothing is there: create. Diagnostics may warn or refuse. */
  | { readonly kind: "none"; readonly diagnostics?: readonly Diagnostic[] }
  /** It is there: manage it. */
  | {
      readonly kind: "adopt";
      readonly object: RemoteObject;
      readonly reason: string;
      /** Local attributes it has from now on. */
      readonly local?: JsonObject;
      /** What an interrupted run made beside it, of no use: deleted when it is adopted. */
      readonly duplicates?: readonly RemoteObject[];
    }
  /** The half-made work of an interrupted run, of no use: delete it and create. */
  | { readonly kind: "discard"; readonly object: RemoteObject; readonly reason: string };
