import type { CloudIdentity } from "./cloud-identity.js";
import type { JsonObject, Sensitive } from "./value.js";

/** What a log-in gives to another program. */
export interface IssuedToken {
  readonly value: Sensitive;
  /** When it ends: ISO 8601, UTC. */
  readonly expiresAt?: string;
  readonly identity: CloudIdentity;
  /** What reaching the cloud needs beside its address, by the names of its settings: files, interface. */
  readonly reach: JsonObject;
  /** All that another program needs, the token among it, by the names of environment variables. */
  readonly variables: Readonly<Record<string, string | Sensitive>>;
  /** Variables that would contradict it. */
  readonly contradicting: readonly string[];
  /** What the token cannot be used for. */
  readonly notes: readonly string[];
}
