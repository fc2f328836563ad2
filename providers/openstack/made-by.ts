import type { RemoteObject } from "../../engine/model/remote-object.js";
import type { Intent } from "../../engine/model/state.js";

/** What an interrupted creation has made: of the name that it had then, and not there before. */
export function madeBy(
  intent: Intent | undefined,
  unmanaged: readonly RemoteObject[],
): RemoteObject | undefined {
  if (intent?.action !== "create") return undefined;
  return unmanaged.find((it) => it.name === intent.name && !intent.existing.includes(it.id));
}
