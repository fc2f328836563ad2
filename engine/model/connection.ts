import type { CloudIdentity } from "./cloud-identity.js";

/** A log-in. */
export interface Connection<Cloud = unknown> {
  readonly cloud: Cloud;
  readonly identity: CloudIdentity;
  close(): Promise<void>;
}
