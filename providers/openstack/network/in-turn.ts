import type { OpenStack } from "../cloud.js";

const queues = new WeakMap<OpenStack, Map<string, Promise<unknown>>>();

/** Runs `work` when all earlier work under the same key has ended, however it did. */
export function inTurn<T>(cloud: OpenStack, key: string, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(cloud) ?? new Map<string, Promise<unknown>>();
  queues.set(cloud, queue);
  const result = (queue.get(key) ?? Promise.resolve()).then(work, work);
  queue.set(key, result);
  return result;
}
