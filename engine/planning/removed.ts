import { order } from "../graph/order.js";
import { formatAddress } from "../model/address.js";
import type { Change } from "../model/plan.js";
import type { ResourceInstance } from "../model/state.js";
import type { JsonObject } from "../model/value.js";
import type { PlanningContext } from "./context.js";
import { decide, type Facts } from "./decide.js";
import { spread } from "./diff.js";
import { findLeftBehind } from "./left-behind.js";

/** Plans what is remembered, or left behind by an interrupted run, and not declared: dependants first. */
export function planRemoved(
  context: PlanningContext,
  declared: ReadonlySet<string>,
  provider: string,
  destroying: boolean,
): readonly Change[] {
  const leftBehind = findLeftBehind(context, declared, provider).map(
    ({ instance, since, duplicates, secretFiles }) => ({
      ...removal(instance, context, { destroying, leftBehind: since, secretFiles }),
      ...(duplicates.length > 0 && { duplicates }),
    }),
  );
  // What was being made anew in the stead of what was remembered is the one that is there.
  const planned = new Set(leftBehind.map((it) => formatAddress(it.address)));
  const gone = [...context.remembered.entries()]
    .filter(([address]) => !declared.has(address) && !planned.has(address))
    .map(([, instance]) => instance);
  const deletions = dependantsFirst(gone).map((instance) =>
    removal(instance, context, { destroying }),
  );
  return [...deletions, ...leftBehind];
}

function dependantsFirst(instances: readonly ResourceInstance[]): readonly ResourceInstance[] {
  const byAddress = new Map(instances.map((it) => [formatAddress(it.address), it]));
  const nodes = instances.map((it) => ({
    key: formatAddress(it.address),
    after: [],
    preferablyAfter: it.dependencies.map(formatAddress),
  }));
  return [...order(nodes)].reverse().flatMap((address) => byAddress.get(address) ?? []);
}

function removal(
  remembered: ResourceInstance,
  context: PlanningContext,
  why: Pick<Facts, "destroying" | "leftBehind" | "secretFiles">,
): Change {
  const { address } = remembered;
  const type = context.types.get(address.type);
  const found = context.refreshed.instances.get(formatAddress(address));
  const instance = found?.instance ?? remembered;
  const undeletable = type?.undeletable?.(instance.attributes);
  const { action, reason } = decide({
    declared: false,
    remembered: true,
    exists: found !== undefined || why.leftBehind !== undefined,
    attributes: [],
    replaceAsked: false,
    updatable: false,
    ...why,
    ...(undeletable !== undefined && { undeletable }),
  });
  if (action !== "delete" || !type) {
    return { action: "forget", address, reason, attributes: [], instance };
  }
  const shown = Object.entries(instance.attributes).filter(
    ([key]) => !type.attributes[key]?.computed && !type.attributes[key]?.local,
  );
  const taken: JsonObject = Object.fromEntries(shown);
  return {
    action,
    address,
    reason,
    instance,
    attributes: spread(type, taken, "remove", context.nameOf),
  };
}
