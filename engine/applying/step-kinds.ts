import type { Types } from "../graph/dependencies.js";
import { formatAddress } from "../model/address.js";
import type { Change } from "../model/plan.js";
import type { RealChange, StepKind } from "./step.js";

/** The steps of one change, in their order. */
export function kindsOf(change: RealChange, types: Types): readonly StepKind[] {
  const type = types.get(change.address.type);
  const isDeferred = (attribute = "") => type?.attributes[attribute]?.deferred === true;
  const hasDeferred = Object.keys(type?.attributes ?? {}).some(isDeferred);
  const make: readonly StepKind[] = hasDeferred ? ["make", "settle"] : ["make"];
  const lose: readonly StepKind[] = goingWith(change).length > 0 ? ["lose"] : [];
  switch (change.action) {
    case "create":
      return make;
    case "update": {
      const own = change.attributes.filter((it) => !it.goesWith);
      const differing = new Set(own.map(({ path: [it] }) => isDeferred(it)));
      if (own.length === 0 && lose.length > 0) return lose;
      if (!differing.has(true)) return ["change", ...lose];
      return differing.has(false) ? ["change", "settle", ...lose] : ["settle", ...lose];
    }
    case "replace":
      return ["delete", ...make];
    case "import":
      if (!type?.update) return ["adopt", ...lose];
      return hasDeferred ? ["adopt", "change", "settle", ...lose] : ["adopt", "change", ...lose];
    case "delete":
      return ["delete"];
    case "forget":
      return ["forget"];
  }
}

/** The addresses with whose deletion the cloud takes something from what a change is about. */
export function goingWith({ attributes }: Change): readonly string[] {
  return attributes.flatMap(({ goesWith }) => (goesWith ? [formatAddress(goesWith)] : []));
}
