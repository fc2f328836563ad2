import type { Files } from "../../../engine/model/runtime.js";

const queues = new WeakMap<Files, Map<string, Promise<unknown>>>();

/** Runs `work` when all earlier work on the same file has ended: several credentials may share one. */
export function inTurn<T>(files: Files, path: string, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(files) ?? new Map<string, Promise<unknown>>();
  queues.set(files, queue);
  const key = files.resolve(path);
  const earlier = queue.get(key) ?? Promise.resolve();
  const result = earlier.then(work, work);
  queue.set(key, result);
  return result;
}
