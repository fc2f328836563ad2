import type { OpenStack } from "../cloud.js";

/** Ids that a log-in has seen: what is not among them was made since. */
const seen = new WeakMap<OpenStack, Set<string>>();

export function markSeen(cloud: OpenStack, ids: readonly string[]): void {
  const known = seen.get(cloud) ?? new Set();
  for (const id of ids) known.add(id);
  seen.set(cloud, known);
}

/** Whether something was there before; undefined where nobody has looked. */
export function wasSeen(cloud: OpenStack, id: string): boolean | undefined {
  return seen.get(cloud)?.has(id);
}
