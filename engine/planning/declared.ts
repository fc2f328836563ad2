import { type Resolved, resolve } from "../graph/resolve.js";
import { formatAddress } from "../model/address.js";
import type { Claim } from "../model/claim.js";
import { type Diagnostic, hasErrors, placed } from "../model/diagnostic.js";
import { escapePointer } from "../model/expression.js";
import type { AttributeChange, Change } from "../model/plan.js";
import type { RemoteObject } from "../model/remote-object.js";
import type { Resource } from "../model/resource.js";
import type { ResourceType } from "../model/resource-type.js";
import { locate, type SourceRange } from "../model/source.js";
import type { Intent, ResourceInstance } from "../model/state.js";
import type { JsonObject, ValueObject } from "../model/value.js";
import { type PlanningContext, plannedLookup, remember, take, unclaimed } from "./context.js";
import { type Decision, decide } from "./decide.js";
import { diff, spread } from "./diff.js";

/** What planning one declared resource gives; no change where its declaration has errors. */
export interface PlannedResource {
  readonly resource: Resource;
  readonly change?: Change;
  readonly diagnostics: readonly Diagnostic[];
  readonly resolved: Resolved;
}

/** Plans one declared resource: what is wanted, what is there, what differs, what to do. */
export async function planDeclared(
  resource: Resource,
  type: ResourceType,
  context: PlanningContext,
): Promise<PlannedResource> {
  const resolved =
    context.resolved.get(resource) ??
    (await resolve(resource, type, plannedLookup(context), context.runtime));
  if (hasErrors(resolved.diagnostics)) {
    return { resource, resolved, diagnostics: resolved.diagnostics };
  }
  const address = formatAddress(resource.address);
  const existing = context.refreshed.instances.get(address)?.instance;
  const claim = existing ? undefined : await claimFor(resource, type, resolved, context);
  for (const { id } of claimedBy(claim)) take(context, type.name, id);
  const diagnostics = [...resolved.diagnostics, ...claimDiagnostics(claim, resource)];
  if (hasErrors(diagnostics)) return { resource, resolved, diagnostics };

  const instance = existing ?? instanceOf(resource, type, claim);
  const desired = desiredOf(resource, type, resolved.attributes, instance?.attributes);
  const attributes = instance
    ? diff(type, instance.attributes, desired, context.nameOf)
    : spread(type, desired, "add", context.nameOf);
  const obsolete = existing && type.obsolete?.(existing.attributes, context.runtime.clock.now());
  const begun = context.pending.get(address);
  const decision = decide({
    declared: true,
    destroying: false,
    remembered: context.remembered.has(address),
    exists: existing !== undefined,
    attributes,
    replaceAsked: context.replaceAsked.has(address),
    updatable: type.update !== undefined,
    ...(claim && { claim }),
    ...(obsolete !== undefined && { obsolete }),
    ...(begun?.action === "delete" && { deletedBy: begun.startedAt }),
  });
  const change = changeOf(decision, {
    resource,
    desired: decision.action === "replace" ? resolved.attributes : desired,
    attributes: attributes.map((it) => placedChange(it, resource, resolved)),
    context,
    ...(instance && { instance }),
    ...(claim && { claim }),
  });
  remember(context, change);
  return { resource, change, diagnostics, resolved };
}

function claimFor(
  resource: Resource,
  type: ResourceType,
  resolved: Resolved,
  context: PlanningContext,
): Promise<Claim> {
  const address = formatAddress(resource.address);
  const intent = context.pending.get(address);
  const previous = context.remembered.get(address)?.attributes;
  return type.claim(context.connection.cloud, {
    address: resource.address,
    desired: resolved.attributes,
    unmanaged: unclaimed(context, type.name),
    ...(intent && { intent, rivals: rivalsOf(intent, context) }),
    ...(previous && { previous }),
  });
}

function claimedBy(claim: Claim | undefined): readonly RemoteObject[] {
  if (!claim || claim.kind === "none") return [];
  return [claim.object, ...(claim.kind === "adopt" ? (claim.duplicates ?? []) : [])];
}

/** How many other creations of the name were interrupted and are not planned yet: what was made may be theirs. */
function rivalsOf({ address, name }: Intent, { pending, planned }: PlanningContext): number {
  const own = formatAddress(address);
  return [...pending].filter(
    ([key, it]) =>
      it.action === "create" &&
      it.address.type === address.type &&
      it.name === name &&
      key !== own &&
      !planned.has(key),
  ).length;
}

function claimDiagnostics(claim: Claim | undefined, resource: Resource): readonly Diagnostic[] {
  if (claim?.kind !== "none") return [];
  return (claim.diagnostics ?? []).map((it) => placed(it, resource.address, resource.ranges));
}

/** An instance for what the cloud has and state does not know. */
function instanceOf(
  resource: Resource,
  type: ResourceType,
  claim: Claim | undefined,
): ResourceInstance | undefined {
  if (!claim || claim.kind === "none") return undefined;
  const local = claim.kind === "adopt" ? claim.local : undefined;
  return {
    address: resource.address,
    provider: resource.provider,
    id: claim.object.id,
    attributes: { ...claim.object.attributes, ...local },
    dependencies: [],
    schemaVersion: type.schemaVersion,
    preventDestroy: false,
  };
}

function desiredOf(
  resource: Resource,
  type: ResourceType,
  attributes: ValueObject,
  existing: JsonObject | undefined,
): ValueObject {
  if (!existing) return attributes;
  const desired = type.reconcile?.(attributes, existing) ?? attributes;
  const kept = Object.entries(desired).filter(
    ([key]) => !resource.lifecycle.ignoreChanges.includes(key),
  );
  return Object.fromEntries(kept);
}

/** The change with the place of the very member where it is declared, else of the attribute. */
export function placedChange(
  change: AttributeChange,
  resource: Resource,
  resolved: Resolved,
): AttributeChange {
  return { ...change, range: placeOf(change.path, resource, resolved) };
}

/** Where an attribute, or a member of one, is declared. */
export function placeOf(
  path: readonly string[],
  resource: Resource,
  resolved: Resolved,
): SourceRange {
  const [attribute = "", member] = path.map(escapePointer);
  const declared =
    member === undefined ? `/${attribute}` : resolved.pointers[`/${attribute}/${member}`];
  // A member that is not declared offends the whole set: the line that names it.
  const range = declared
    ? locate(resource.ranges, declared)
    : resource.ranges.get(`/${attribute}#`);
  return range ?? resource.range;
}

interface Ingredients {
  readonly resource: Resource;
  readonly desired: ValueObject;
  readonly attributes: readonly AttributeChange[];
  readonly context: PlanningContext;
  readonly instance?: ResourceInstance;
  readonly claim?: Claim;
}

function changeOf({ action, reason }: Decision, parts: Ingredients): Change {
  const { resource, desired, attributes, instance, claim, context } = parts;
  const base = { address: resource.address, reason, attributes, range: resource.range, resource };
  if (action === "create" || !instance) {
    const previous = context.remembered.get(formatAddress(resource.address))?.attributes;
    const existing = namesakes(desired, context.refreshed.unmanaged.get(resource.address.type));
    return { ...base, action: "create", desired, existing, ...(previous && { previous }) };
  }
  if (action === "import" && claim?.kind === "adopt") {
    const { object, duplicates } = claim;
    return { ...base, action, desired, instance, object, ...(duplicates && { duplicates }) };
  }
  if (action === "no-op") return { ...base, action, instance };
  return { ...base, action: action === "replace" ? "replace" : "update", desired, instance };
}

/** Ids of what has the same name already. */
function namesakes(
  desired: ValueObject,
  unmanaged: readonly RemoteObject[] | undefined,
): readonly string[] {
  return (unmanaged ?? []).filter((it) => it.name === desired.name).map((it) => it.id);
}
