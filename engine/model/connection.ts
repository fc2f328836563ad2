import type { CloudIdentity } from "./cloud-identity.js";
import type { RemoteObject } from "./remote-object.js";

/** A log-in. */
export interface Connection<Cloud = unknown> {
  readonly cloud: Cloud;
  readonly identity: CloudIdentity;
  /** Lists of resource types that were asked for already, by name: for the first plan. */
  readonly lists?: ReadonlyMap<string, Promise<readonly RemoteObject[]>>;
  close(): Promise<void>;
}
