import type { Address } from "../model/address.js";
import { OutsideError } from "../model/errors.js";
import type { Change } from "../model/plan.js";
import type { Intent } from "../model/state.js";
import { equalJson, type JsonObject } from "../model/value.js";
import { atCreation, desire, undeferred, withoutDeferred } from "./desire.js";
import { lose, whileOthersLose } from "./losing.js";
import { abandoning, begin, finish } from "./record-write.js";
import type { Step } from "./step.js";
import { type StepContext, typeOf } from "./step-context.js";

/**
 * Does one step: the intent is recorded, the provider called, the result recorded. Answers what the
 * user should know. Throws what the provider throws; the intent then stays where the call may have
 * taken effect.
 */
export async function perform(step: Step, context: StepContext): Promise<readonly string[]> {
  switch (step.kind) {
    case "make":
      return make(step, context);
    case "change":
    case "settle":
      return update(step, context);
    case "adopt":
      return adopt(step, context);
    case "lose":
      return lose(step, context);
    case "delete":
      return remove(step, context);
    case "forget":
      return forget(step, context);
  }
}

async function make({ change }: Step, context: StepContext): Promise<readonly string[]> {
  if (change.action !== "create" && change.action !== "replace") return [];
  const { address, resource } = change;
  const type = typeOf(address, context);
  const desired = await desire(withoutDeferred(resource, type), type, context);
  const previous = change.action === "create" ? change.previous : undefined;
  const existing = change.action === "create" ? change.existing : [];
  const delivery = type.delivery?.(desired);
  const forgotten = await forgetBegun(address, delivery, context);
  await begin(address, "create", desired.name, context, {
    existing,
    ...(delivery && { delivery }),
  });
  const written = await abandoning(address, context, () =>
    type.create(context.connection.cloud, {
      address,
      desired: atCreation(desired, type),
      report: (message) => context.report(address, message),
      ...(previous && { previous }),
    }),
  );
  return [...forgotten, ...(await finish(resource, type, written, context))];
}

/** Removes what an interrupted run has put elsewhere than where its secret goes by now. */
async function forgetBegun(
  address: Address,
  delivery: JsonObject | undefined,
  context: StepContext,
): Promise<readonly string[]> {
  const begun = context.recorder.intent(address);
  if (!begun?.delivery || equalJson(begun.delivery, delivery)) return [];
  const existing = { name: begun.name, ...begun.delivery };
  return forgetLocally(address, existing, context);
}

/**
 * Takes back intents of which nothing came, with what was put on this machine for them. One whose
 * files cannot be removed stays, for the next apply.
 */
export async function abandon(intents: readonly Intent[], context: StepContext): Promise<void> {
  for (const { address, name, delivery } of intents) {
    try {
      if (delivery) await forgetLocally(address, { name, ...delivery }, context);
      context.recorder.note({ kind: "abandoned", address });
    } catch (error) {
      if (!(error instanceof OutsideError)) throw error;
    }
  }
}

async function forgetLocally(
  address: Address,
  existing: JsonObject,
  context: StepContext,
): Promise<readonly string[]> {
  const { forget: remove } = typeOf(address, context);
  return (await remove?.(context.connection.cloud, { address, existing })) ?? [];
}

async function update({ kind, change }: Step, context: StepContext): Promise<readonly string[]> {
  if (!("resource" in change)) return [];
  const { address, resource } = change;
  const type = typeOf(address, context);
  const instance =
    change.action === "update" ? change.instance : context.recorder.instance(address);
  // What exists is what the plan saw, or what an earlier step of this change made.
  const existing = context.recorder.attributes(address);
  if (!type.update || !instance || !existing) return [];
  const declared = kind === "change" ? withoutDeferred(resource, type) : resource;
  const whole = await desire(declared, type, context, {
    attributes: existing,
    // What is being made is made whole: only later differences may be ignored.
    ignored:
      "instance" in change && change.action !== "replace" ? resource.lifecycle.ignoreChanges : [],
  });
  const desired = kind === "change" ? undeferred(whole, type) : whole;
  await begin(address, "update", desired.name, context);
  const written = await type.update(context.connection.cloud, {
    address,
    id: instance.id,
    desired,
    existing,
    report: (message) => context.report(address, message),
  });
  return finish(resource, type, written, context);
}

async function adopt({ change }: Step, context: StepContext): Promise<readonly string[]> {
  if (change.action !== "import") return [];
  const type = typeOf(change.address, context);
  await removeDuplicates(change, context);
  const { id, attributes } = change.instance;
  return finish(change.resource, type, { id, attributes }, context);
}

async function forget({ change }: Step, context: StepContext): Promise<readonly string[]> {
  if (change.action !== "forget") return [];
  const { address, instance } = change;
  const begun = await forgetBegun(address, undefined, context);
  const notes = await forgetLocally(address, instance.attributes, context);
  await context.recorder.record({ kind: "removed", address });
  return [...begun, ...notes];
}

async function remove({ change }: Step, context: StepContext): Promise<readonly string[]> {
  if (change.action !== "delete" && change.action !== "replace") return [];
  const { address, instance } = change;
  // Of what an interrupted run left behind the intent of its creation stays: the next run needs it.
  // Nothing else tells of its files, so they go while it stands.
  const isRemembered = context.recorder.instance(address)?.id === instance.id;
  const { delivery } = context.recorder.intent(address) ?? {};
  const notes = delivery
    ? await forgetLocally(address, { ...instance.attributes, ...delivery }, context)
    : [];
  if (isRemembered) await begin(address, "delete", instance.attributes.name, context);
  if (change.action === "delete") await removeDuplicates(change, context);
  await whileOthersLose(address, context, () =>
    typeOf(address, context).delete(context.connection.cloud, {
      address,
      id: instance.id,
      existing: instance.attributes,
      report: (message) => context.report(address, message),
      ...context.waiting,
    }),
  );
  await context.recorder.record({ kind: "removed", address });
  return notes;
}

/** What an interrupted run made beside what a change is about. */
async function removeDuplicates(
  { address, duplicates = [] }: Extract<Change, { readonly action: "import" | "delete" }>,
  context: StepContext,
): Promise<void> {
  const report = (message: string) => context.report(address, message);
  for (const { id, attributes } of duplicates) {
    report(`removing ${id}, which an interrupted run made as well`);
    const request = { address, id, existing: attributes, report, ...context.waiting };
    await typeOf(address, context).delete(context.connection.cloud, request);
  }
}
