import type { Address } from "../model/address.js";
import type { Connection } from "../model/connection.js";
import type { ResourceType } from "../model/resource-type.js";
import type { Runtime } from "../model/runtime.js";
import type { DeleteRequest } from "../model/write-request.js";
import type { Recorder } from "./recorder.js";

/** What every step needs. */
export interface StepContext {
  readonly types: ReadonlyMap<string, ResourceType>;
  readonly connection: Connection;
  readonly runtime: Runtime;
  readonly recorder: Recorder;
  /** The run's id. */
  readonly run: string;
  readonly report: (address: Address, message: string) => void;
  /** How deletions wait for what is in use. */
  readonly waiting: Pick<DeleteRequest, "patience" | "isInterrupted">;
  /** By the address of what is deleted: the addresses of what the cloud then takes something from. */
  readonly losers: ReadonlyMap<string, readonly Address[]>;
}

/** Throws where the provider has no such type: a plan has none of those. */
export function typeOf(address: Address, context: StepContext): ResourceType {
  const type = context.types.get(address.type);
  if (!type) throw new TypeError(`no resource type ${address.type}`);
  return type;
}
