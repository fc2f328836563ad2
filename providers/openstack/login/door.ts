import type { Runtime } from "../../../engine/model/runtime.js";
import type { Transport } from "../http/exchange.js";
import type { Endpoint } from "./endpoint.js";
import type { LogInRequest } from "./log-in-request.js";

/** Where and how somebody logs in. */
export interface Door {
  readonly keystone: Endpoint;
  readonly request: LogInRequest;
  readonly transport: Transport;
  readonly runtime: Runtime;
}
