import { dependenciesOf } from "../graph/dependencies.js";
import { type Address, formatAddress } from "../model/address.js";
import { CloudError } from "../model/errors.js";
import type { Resource } from "../model/resource.js";
import type { ResourceType } from "../model/resource-type.js";
import type { Intent, ResourceInstance } from "../model/state.js";
import type { Written } from "../model/written.js";
import type { StepContext } from "./step-context.js";

/** What a resource refers to, but for what is not there yet: then it is written once more. */
export function dependenciesNow(
  resource: Resource,
  { types, recorder }: Pick<StepContext, "types" | "recorder">,
): readonly Address[] {
  const all = new Map(dependenciesOf(resource, types).map((it) => [formatAddress(it.on), it.on]));
  return [...all.values()].filter((it) => recorder.instance(it) ?? recorder.intent(it));
}

/** Records that a write begins. */
export async function begin(
  address: Address,
  action: Intent["action"],
  name: unknown,
  { recorder, runtime, run }: StepContext,
  made: Pick<Intent, "existing" | "delivery"> = { existing: [] },
): Promise<void> {
  const startedAt = runtime.clock.now().toISOString();
  const intent = { address, action, startedAt, run, name: String(name ?? ""), ...made };
  await recorder.record({ kind: "begun", intent });
}

/** Takes the intent back when the cloud says for certain that nothing was made. */
export async function abandoning<T>(
  address: Address,
  context: StepContext,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const certain = error instanceof CloudError && error.response.effect === "none";
    if (certain) await context.recorder.record({ kind: "abandoned", address });
    throw error;
  }
}

/** Records what came of a write; answers what the user should know. */
export async function finish(
  resource: Resource,
  type: ResourceType,
  written: Written,
  context: StepContext,
): Promise<readonly string[]> {
  const instance: ResourceInstance = {
    address: resource.address,
    provider: resource.provider,
    id: written.id,
    attributes: written.attributes,
    dependencies: dependenciesNow(resource, context),
    schemaVersion: type.schemaVersion,
    preventDestroy: resource.lifecycle.preventDestroy,
  };
  await context.recorder.record({ kind: "written", instance });
  return written.notes ?? [];
}
