import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import type { Change } from "../../../engine/model/plan.js";
import { DEFAULT_GROUP } from "./declaration.js";

/** Refuses what Neutron always refuses: to give the default group's name, or to take it away. */
export function reviewGroup(change: Change): readonly Diagnostic[] {
  if (change.action !== "update") return [];
  const before = change.instance.attributes.name;
  const after = change.desired.name;
  if (before === after || (before !== DEFAULT_GROUP && after !== DEFAULT_GROUP)) return [];
  return [
    {
      severity: "error",
      code: "bad-name",
      summary:
        after === DEFAULT_GROUP
          ? "a security group cannot become the project's default group"
          : "the project's default group cannot be renamed",
      address: change.address,
      pointer: "/name",
      ...(change.range && { range: change.range }),
      help: "Declare the other group under a name of its own.",
    },
  ];
}
