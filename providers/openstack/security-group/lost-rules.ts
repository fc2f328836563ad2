import type { Loss } from "../../../engine/model/loss.js";
import type { JsonObject } from "../../../engine/model/value.js";
import { rulesFromValue } from "./rule-attributes.js";

/** The rules that name a deleted group as their remote: Neutron removes them with it, without a word. */
export function rulesLostWith(existing: JsonObject, deleted: ReadonlySet<string>): readonly Loss[] {
  return [...rulesFromValue(existing.rules)].flatMap(([member, { remote }]): readonly Loss[] => {
    if (remote.kind !== "group" || typeof remote.id !== "string") return [];
    return deleted.has(remote.id) ? [{ because: remote.id, attribute: "rules", member }] : [];
  });
}
