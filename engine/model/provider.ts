import type { Connection } from "./connection.js";
import type { Finding } from "./finding.js";
import type { FoundSecret } from "./found-secret.js";
import type { IssuedToken } from "./issued-token.js";
import type { JsonSchema } from "./json-schema.js";
import type { ResourceType } from "./resource-type.js";
import type { Runtime } from "./runtime.js";
import type { JsonObject } from "./value.js";

/** How a log-in begins before it is certain to be needed. */
export interface Foreseen {
  /** Aborted where it is not needed after all: what is under way then ends with an error. */
  readonly signal: AbortSignal;
  /** Called when the first request is handed over. */
  readonly started: () => void;
}

/** A kind of cloud. `Cloud` is its own session type, opaque to the engine. */
export interface Provider<Cloud = unknown> {
  readonly name: string;
  /** Of the settings in the `provider` block. */
  readonly schema: JsonSchema;
  readonly types: readonly ResourceType<Cloud>[];
  /** Logs in. Throws OutsideError. */
  connect(settings: JsonObject, runtime: Runtime, foreseen?: Foreseen): Promise<Connection<Cloud>>;
  /** Looks at the way to the cloud, step by step, up to one without which there is no further. */
  diagnose?(settings: JsonObject, runtime: Runtime): AsyncIterable<Finding>;
  /** Logs in for another program. Throws OutsideError. */
  issueToken?(settings: JsonObject, runtime: Runtime): Promise<IssuedToken>;
  /** Secrets of its kinds that lie in a text, told by their form, in the order of their places. Pure. */
  findSecrets?(text: string): readonly FoundSecret[];
}
