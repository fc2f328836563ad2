import { type Address, formatAddress } from "../model/address.js";
import { CloudError } from "../model/errors.js";
import type { Change } from "../model/plan.js";
import { withoutMembers } from "../model/without-members.js";
import { begin, finish } from "./record-write.js";
import type { Step } from "./step.js";
import { type StepContext, typeOf } from "./step-context.js";
import { goingWith } from "./step-kinds.js";

/** By the address of what is deleted: the addresses of what the cloud then takes something from. */
export function losersIn(changes: readonly Change[]): ReadonlyMap<string, readonly Address[]> {
  const losers = new Map<string, readonly Address[]>();
  for (const change of changes) {
    for (const key of new Set(goingWith(change))) {
      losers.set(key, [...(losers.get(key) ?? []), change.address]);
    }
  }
  return losers;
}

/**
 * Deletes something with an intent for each that loses by it, so that what a killed run has taken from
 * them is never mistaken for a stranger's work. The step that follows records what was taken.
 */
export async function whileOthersLose(
  address: Address,
  context: StepContext,
  work: () => Promise<void>,
): Promise<void> {
  const { losers, recorder } = context;
  const all = losers.get(formatAddress(address)) ?? [];
  const begun = all.filter((it) => !recorder.intent(it));
  for (const it of begun) {
    await begin(it, "update", recorder.attributes(it)?.name, context);
  }
  try {
    await work();
  } catch (error) {
    const isCertain = error instanceof CloudError && error.response.effect === "none";
    for (const it of isCertain ? begun : []) {
      await recorder.record({ kind: "abandoned", address: it });
    }
    throw error;
  }
}

/** Records what the cloud has taken from something when it deleted what that referred to. */
export async function lose({ change }: Step, context: StepContext): Promise<readonly string[]> {
  if (change.action !== "update" && change.action !== "import") return [];
  const { address, resource, instance } = change;
  const attributes = context.recorder.attributes(address) ?? instance.attributes;
  const paths = change.attributes.filter((it) => it.goesWith).map((it) => it.path);
  const written = { id: instance.id, attributes: withoutMembers(attributes, paths) };
  return finish(resource, typeOf(address, context), written, context);
}
