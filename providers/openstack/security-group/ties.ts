import type { Tie } from "../../../engine/model/tie.js";
import type { ValueObject } from "../../../engine/model/value.js";
import { rulesFromValue } from "./rule-attributes.js";

/**
 * The rules that name another group by its id. Neutron removes those of a deleted security group with
 * it, without a word (ondelete=CASCADE in neutron/db/models/securitygroup.py), and refuses to delete an address group that has some.
 */
export function tiesOf({ rules }: ValueObject): readonly Tie[] {
  return [...rulesFromValue(rules)].flatMap(([member, { remote }]): readonly Tie[] => {
    if (!("id" in remote) || typeof remote.id !== "string") return [];
    const onDelete = remote.kind === "group" ? "cascade" : "refuse";
    return [{ to: remote.id, attribute: "rules", member, onDelete }];
  });
}
