import { type Address, formatAddress } from "../model/address.js";
import type { Configuration } from "../model/configuration.js";
import type { Connection } from "../model/connection.js";
import type { ApplyEvent } from "../model/event.js";
import type { Outcome } from "../model/outcome.js";
import type { Change, Plan } from "../model/plan.js";
import type { Provider } from "../model/provider.js";
import type { Runtime } from "../model/runtime.js";
import { type Intent, replay, type Snapshot, type StateStore } from "../model/state.js";
import { canonicalJson, type JsonObject } from "../model/value.js";
import { losersIn } from "./losing.js";
import { Narrator } from "./narrator.js";
import { finalOutputs } from "./outputs.js";
import { abandon, perform } from "./perform.js";
import { QuotaWatch } from "./quota-watch.js";
import { ReachWatch } from "./reach-watch.js";
import { dependenciesNow } from "./record-write.js";
import { Recorder } from "./recorder.js";
import { schedule } from "./schedule.js";
import { walk } from "./walk.js";

export interface ApplyRequest {
  readonly plan: Plan;
  readonly configuration: Configuration;
  /** The state that the plan was made from. */
  readonly snapshot: Snapshot;
  readonly store: StateStore;
  readonly provider: Provider;
  readonly connection: Connection;
  readonly runtime: Runtime;
  /** The run's id. */
  readonly run: string;
  /** How many changes at once, at most. */
  readonly parallelism: number;
  /** How many milliseconds something in use is waited for before its deletion fails. */
  readonly patience?: number;
  readonly onEvent: (event: ApplyEvent) => void;
  /** Once aborted, what runs is finished and nothing new is started. */
  readonly signal?: AbortSignal;
}

/** What came of it, and the state afterwards. */
export interface Applied extends Outcome {
  readonly snapshot: Snapshot;
}

/** Makes a plan so. Each write is recorded before and after; the state's serial grows by one. */
export async function applyPlan(request: ApplyRequest): Promise<Applied> {
  const { plan, store, connection, runtime } = request;
  const types = new Map(request.provider.types.map((type) => [type.name, type]));
  const steps = schedule(plan.changes, types);
  const narrator = new Narrator(plan.changes, steps, runtime.clock, request.onEvent);

  const base = steps.length > 0 ? await open(request) : request.snapshot;
  const recorder = new Recorder(store, base, existingAttributes(plan.changes));
  const report = (address: Address, message: string) => narrator.progress(address, message);
  const { run, patience, signal } = request;
  const reach = new ReachWatch(connection);
  const stop = AbortSignal.any([reach.gone, ...(signal ? [signal] : [])]);
  const isInterrupted = () => stop.aborted;
  const waiting = { isInterrupted, ...(patience !== undefined && { patience }) };
  const losers = losersIn(plan.changes);
  const context = { types, connection, runtime, recorder, run, report, waiting, losers };

  const quota = new QuotaWatch(plan.changes, types, connection);

  narrator.began();
  await walk({
    steps,
    parallelism: request.parallelism,
    perform: async (step) => {
      const work = () => quota.guard(step, () => perform(step, context));
      const succeeded = await narrator.narrate(step, () => reach.guard(work));
      if (!succeeded && !stop.aborted && narrator.hasMore()) await reach.look();
      return succeeded;
    },
    onSkip: (step, because) => narrator.skipped(step, because),
    signal: stop,
  });

  for (const change of plan.changes) {
    if (change.action !== "no-op") continue;
    const { preventDestroy } = change.resource.lifecycle;
    const dependencies = dependenciesNow(change.resource, context);
    const instance = { ...change.instance, preventDestroy, dependencies };
    recorder.note({ kind: "written", instance });
  }
  await abandon(
    plan.interrupted.filter((it) => isSettled(it, plan)),
    context,
  );
  const snapshot = await close(request, recorder, base);
  const isUnreachable = reach.gone.aborted && !signal?.aborted;
  return { snapshot, ...narrator.ended(), ...(isUnreachable && { isUnreachable }) };
}

/** Makes sure that there is a state to append to, and that it names the cloud. */
async function open({ snapshot, store, connection }: ApplyRequest): Promise<Snapshot> {
  const named = replay(snapshot, [{ kind: "cloud", cloud: connection.identity }]);
  if (snapshot.serial === 0) {
    const first = { ...named, serial: 1 };
    await store.write(first, 0);
    return first;
  }
  if (canonicalOf(snapshot) !== canonicalOf(named)) {
    await store.append({ kind: "cloud", cloud: connection.identity });
  }
  return named;
}

/** Writes the state with a new serial, unless nothing in it changed and nothing is appended to it. */
async function close(
  { configuration, snapshot: before, store }: ApplyRequest,
  recorder: Recorder,
  base: Snapshot,
): Promise<Snapshot> {
  const made = recorder.snapshot();
  const isDestroyed = made.instances.length === 0 && configuration.resources.length > 0;
  const outputs = isDestroyed
    ? {}
    : finalOutputs(configuration, (address) => recorder.attributes(address));
  const after = { ...made, outputs };
  if (store.isWhole() && canonicalOf(after) === canonicalOf(before)) return before;
  const snapshot = { ...after, serial: base.serial + 1 };
  await store.write(snapshot, base.serial);
  return snapshot;
}

/** Whether a write that an interrupted run began has left nothing for the plan to do. */
function isSettled({ address }: Intent, { changes }: Plan): boolean {
  return changes.every(
    (it) => it.action === "no-op" || formatAddress(it.address) !== formatAddress(address),
  );
}

/** A snapshot as text, its serial left out. */
function canonicalOf(snapshot: Snapshot): string {
  return canonicalJson([snapshot.cloud, snapshot.instances, snapshot.pending, snapshot.outputs]);
}

function existingAttributes(changes: readonly Change[]): ReadonlyMap<string, JsonObject> {
  return new Map(
    changes.flatMap((change): readonly (readonly [string, JsonObject])[] =>
      change.action === "no-op" || change.action === "update"
        ? [[formatAddress(change.address), change.instance.attributes]]
        : [],
    ),
  );
}
