import type { CloudIdentity } from "./cloud-identity.js";
import type { Diagnostic } from "./diagnostic.js";
import type { RemoteObject } from "./remote-object.js";

/** A log-in. */
export interface Connection<Cloud = unknown> {
  readonly cloud: Cloud;
  readonly identity: CloudIdentity;
  /** What the user should know of how it came about. */
  readonly remarks?: readonly Diagnostic[];
  /** Lists of resource types that were asked for already, by name: for the first plan. */
  readonly lists?: ReadonlyMap<string, Promise<readonly RemoteObject[]>>;
  /**
   * Whether the cloud gives any sign of life: attempts to get some answer, be it a refusal. Absent
   * where that cannot be told.
   */
  readonly isReachable?: () => Promise<boolean>;
  close(): Promise<void>;
}
