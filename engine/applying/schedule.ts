import { dependenciesOf, type Types } from "../graph/dependencies.js";
import { formatAddress } from "../model/address.js";
import type { Change } from "../model/plan.js";
import type { ResourceInstance } from "../model/state.js";
import type { Json, Value } from "../model/value.js";
import { type RealChange, type Step, type StepKind, stepKey } from "./step.js";
import { goingWith, kindsOf } from "./step-kinds.js";

/**
 * The steps of a plan and what each comes after:
 * - what is made or changed, after what it refers to is made or changed, or settled too if it refers
 *   to what is deferred;
 * - what is settled, likewise after what its deferred attributes refer to;
 * - what is deleted, after those that referred to it are deleted or settled;
 * - what is lost with something, after that is deleted;
 * - what takes a name, after that name is given up.
 */
export function schedule(changes: readonly Change[], types: Types): readonly Step[] {
  const real = changes.filter((it): it is RealChange => it.action !== "no-op");
  const kinds = new Map(real.map((it) => [formatAddress(it.address), kindsOf(it, types)]));
  const dependants = dependantsOf(changes);
  const owners = ownersOfNames(real);
  const present = (kind: StepKind, address: string) =>
    kinds.get(address)?.includes(kind) ? [stepKey(kind, address)] : [];

  return real.flatMap((change) => {
    const address = formatAddress(change.address);
    const own = kinds.get(address) ?? [];
    return own.map((kind, index): Step => {
      const previous = own[index - 1];
      const chain = previous ? [stepKey(previous, address)] : [];
      const key = stepKey(kind, address);
      if (kind === "delete") {
        const users = (dependants.get(address) ?? []).flatMap((it) => leavingSteps(it, present));
        return { key, kind, change, after: chain, preferablyAfter: without(users, key) };
      }
      if (kind === "lose") {
        const deletions = goingWith(change).flatMap((it) => present("delete", it));
        return { key, kind, change, after: [...chain, ...deletions], preferablyAfter: [] };
      }
      const needed = neededBy(change, kind, types, present);
      const freed = names(change, kind, owners).flatMap((it) => present("delete", it));
      return {
        key,
        kind,
        change,
        after: without([...chain, ...needed.must], key),
        preferablyAfter: without([...needed.should, ...freed], key),
      };
    });
  });
}

type Present = (kind: StepKind, address: string) => readonly string[];

/** What a step waits for because its declaration refers to it or names it in `depends_on`. */
function neededBy(
  change: RealChange,
  kind: StepKind,
  types: Types,
  present: Present,
): { readonly must: readonly string[]; readonly should: readonly string[] } {
  const must: string[] = [];
  const should: string[] = [];
  if (!("resource" in change)) return { must, should };
  const moment = kind === "settle" ? "complete" : "made";
  for (const { on, needs, before } of dependenciesOf(change.resource, types)) {
    if (before !== moment) continue;
    const other = formatAddress(on);
    const made = madeSteps(other, present);
    must.push(...(needs === "complete" ? lastSteps(other, present) : made));
    // Groups that exist may name each other in a circle: then neither waits.
    if (kind === "settle" && made.length === 0) should.push(...lastSteps(other, present));
  }
  return { must, should };
}

function without(keys: readonly string[], own: string): readonly string[] {
  return keys.filter((key) => key !== own);
}

/** The step after which a resource exists with all that is not deferred. */
function madeSteps(address: string, present: Present): readonly string[] {
  return firstPresent(["change", "make", "adopt"], address, present);
}

function lastSteps(address: string, present: Present): readonly string[] {
  return firstPresent(["settle", "change", "make", "adopt", "delete"], address, present);
}

/** The step after which a resource does not refer any more to what it referred to. */
function leavingSteps(address: string, present: Present): readonly string[] {
  return firstPresent(["delete", "settle", "change", "adopt"], address, present);
}

function firstPresent(
  kinds: readonly StepKind[],
  address: string,
  present: Present,
): readonly string[] {
  return kinds.map((kind) => present(kind, address)).find((it) => it.length > 0) ?? [];
}

/**
 * For each address the addresses whose instances refer to it: as state remembers, and as the cloud
 * has them, where a stranger or an interrupted run has added what state knows nothing of.
 */
function dependantsOf(changes: readonly Change[]): ReadonlyMap<string, readonly string[]> {
  const dependants = new Map<string, Set<string>>();
  const going = new Map(changes.flatMap(identityOf));
  for (const change of changes) {
    if (!("instance" in change)) continue;
    const { dependencies, attributes }: ResourceInstance = change.instance;
    const own = formatAddress(change.address);
    const named = going.size === 0 ? [] : textsIn(attributes).flatMap((it) => going.get(it) ?? []);
    for (const key of [...dependencies.map(formatAddress), ...named]) {
      const known = dependants.get(key) ?? new Set();
      dependants.set(key, known.add(own));
    }
  }
  return new Map([...dependants].map(([key, users]) => [key, [...users]]));
}

/** The id of what goes, with its address. A name for an id, such as a key pair's, tells nothing in a text. */
function identityOf(change: Change): readonly (readonly [string, string])[] {
  if (change.action !== "delete" && change.action !== "replace") return [];
  const { id, attributes } = change.instance;
  return id === attributes.name ? [] : [[id, formatAddress(change.address)]];
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The addresses that give up a name, by type and name in lower case: clouds take case for nothing. */
function ownersOfNames(changes: readonly RealChange[]): ReadonlyMap<string, string> {
  return new Map(
    changes
      .filter((it) => it.action === "delete" || it.action === "replace")
      .map((it) => [
        nameKey(it.address.type, it.instance.attributes.name),
        formatAddress(it.address),
      ]),
  );
}

function names(
  change: RealChange,
  kind: StepKind,
  owners: ReadonlyMap<string, string>,
): readonly string[] {
  if (kind !== "make" || !("desired" in change)) return [];
  const owner = owners.get(nameKey(change.address.type, change.desired.name));
  return owner ? [owner] : [];
}

function nameKey(type: string, name: Value | undefined): string {
  return `${type} ${String(name).toLowerCase()}`;
}
