import type { Change } from "./plan.js";
import type { RemoteObject } from "./remote-object.js";

export interface ReviewRequest {
  readonly change: Change;
  /** What the cloud has of the type and no instance in state is. */
  readonly unmanaged: readonly RemoteObject[];
}
