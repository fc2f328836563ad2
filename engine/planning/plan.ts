import { findCycles } from "../graph/cycles.js";
import type { Types } from "../graph/dependencies.js";
import { type Address, formatAddress } from "../model/address.js";
import type { Configuration } from "../model/configuration.js";
import type { Connection } from "../model/connection.js";
import { type Diagnostic, hasErrors } from "../model/diagnostic.js";
import { type Plan, summarize } from "../model/plan.js";
import type { Provider } from "../model/provider.js";
import type { Resource } from "../model/resource.js";
import type { ResourceType } from "../model/resource-type.js";
import type { Runtime } from "../model/runtime.js";
import type { Snapshot } from "../model/state.js";
import { withCascades } from "./cascades.js";
import { checkCloud } from "./check-cloud.js";
import { type PlanningContext, plannedLookup, planningContext } from "./context.js";
import { type PlannedResource, planDeclared } from "./declared.js";
import { findDeletedReferences } from "./deleted-references.js";
import { findDrift } from "./drift.js";
import { withGiven } from "./given.js";
import { warnOfKept } from "./kept-secrets.js";
import { findLosses } from "./losses.js";
import { evaluateOutputs } from "./outputs.js";
import { checkQuota, type QuotaCheck } from "./quota.js";
import { refresh } from "./refresh.js";
import { planRemoved } from "./removed.js";
import { resolveAhead } from "./resolve-ahead.js";
import { reviewChanges } from "./review.js";
import { checkSafety } from "./safety.js";
import { checkOwnFiles, checkReplaceable, checkSecretFiles } from "./secret-files.js";
import { inOrder } from "./sequence.js";
import { findStateChanges } from "./state-changes.js";
import { checkUnique } from "./unique.js";

export interface PlanRequest {
  readonly configuration: Configuration;
  readonly snapshot: Snapshot;
  readonly provider: Provider;
  readonly connection: Connection;
  readonly runtime: Runtime;
  /** Whether everything is to be destroyed. */
  readonly destroy: boolean;
  /** Instances to be made anew whatever they are. */
  readonly replace: readonly Address[];
  /** How the cloud's quotas are looked at; by default they are. */
  readonly quotas?: QuotaCheck;
}

/** Says what apply will do. Writes nothing, neither here nor in the cloud. */
export async function makePlan(request: PlanRequest): Promise<Plan> {
  const { configuration, snapshot, provider, connection, runtime, destroy } = request;
  const types = new Map(provider.types.map((type) => [type.name, type]));
  const resources = destroy ? [] : configuration.resources;
  const addresses = new Set(resources.map((it) => formatAddress(it.address)));

  // 1. The log-in is one that this state belongs to, and no references make a circle.
  checkCloud(snapshot, connection.identity, types);
  const circles = findCycles(resources, types);
  if (circles.length > 0) return planOf(request, { diagnostics: circles });

  // 2. The cloud as it is: one list for each type in use; meanwhile what can be resolved without it.
  const [refreshed, resolved] = await Promise.all([
    refresh(connection, snapshot, typesInUse(types, resources, snapshot)),
    resolveAhead(resources, types, runtime),
  ]);
  const context = planningContext(request, types, refreshed, resolved);

  // 3. What is declared, each after what it refers to: desired, compared, decided.
  const planned = await planAll(inOrder(resources, types), types, context);

  // 4. What is remembered and not declared any more.
  const removed = planRemoved(context, addresses, provider.name, destroy);
  const decided = [...planned.flatMap((it) => it.change ?? []), ...removed];

  // 5. What goes from those that stay with what is deleted.
  const changes = withGiven(withCascades(decided, context), planned, context);

  // 6. What must not be done, what goes unasked, and what only the log-in tells.
  const [reviewed, kept, quotas] = await Promise.all([
    reviewChanges(changes, context),
    warnOfKept(planned, runtime),
    checkQuota(changes, context, request.quotas ?? "look"),
  ]);
  const diagnostics = [
    ...planned.flatMap((it) => it.diagnostics),
    ...checkUnique(planned, types),
    ...checkSecretFiles(planned),
    ...checkOwnFiles(planned, runtime.files),
    ...checkReplaceable(planned, runtime.files),
    ...checkSafety(changes),
    ...findDeletedReferences(planned, changes, context),
    ...findLosses(changes, context),
    ...reviewed,
    ...kept,
    ...quotas,
  ];

  // 7. What was changed by hand, and the line that it offends.
  const drift = findDrift(snapshot, context, planned);
  const outputs =
    destroy || hasErrors(diagnostics) ? {} : evaluateOutputs(configuration, plannedLookup(context));
  const stateChanges = findStateChanges(snapshot, changes, outputs);
  return planOf(request, { changes, drift, diagnostics, outputs, stateChanges });
}

async function planAll(
  resources: readonly Resource[],
  types: Types,
  context: PlanningContext,
): Promise<readonly PlannedResource[]> {
  const planned: PlannedResource[] = [];
  for (const resource of resources) {
    const type = types.get(resource.address.type);
    if (type) planned.push(await planDeclared(resource, type, context));
  }
  return planned;
}

function typesInUse(
  types: Types,
  resources: readonly Resource[],
  snapshot: Snapshot,
): readonly ResourceType[] {
  const places = [...resources, ...snapshot.instances, ...snapshot.pending];
  const used = new Set(places.map((it) => it.address.type));
  return [...types.values()].filter((type) => used.has(type.name));
}

function planOf(
  { snapshot, connection }: PlanRequest,
  found: Partial<Pick<Plan, "changes" | "drift" | "outputs" | "stateChanges">> & {
    readonly diagnostics: readonly Diagnostic[];
  },
): Plan {
  const changes = found.changes ?? [];
  return {
    changes,
    drift: found.drift ?? [],
    interrupted: snapshot.pending,
    outputs: found.outputs ?? {},
    stateChanges: found.stateChanges ?? [],
    diagnostics: found.diagnostics,
    cloud: connection.identity,
    base: { lineage: snapshot.lineage, serial: snapshot.serial },
    summary: summarize(changes),
  };
}
