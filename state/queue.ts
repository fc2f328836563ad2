/** Runs tasks one after another, in the order of the calls; a failed one does not stop the next. */
export type Queue = <T>(task: () => Promise<T>) => Promise<T>;

export function queue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const done = last.then(task);
    last = done.catch(() => {});
    return done;
  };
}

/**
 * Gathers items that arrive while the queue is busy and commits them together; each caller waits
 * for the commit that holds its item.
 */
export function gather<T>(
  inTurn: Queue,
  commit: (items: readonly T[]) => Promise<void>,
): (item: T) => Promise<void> {
  let waiting: T[] = [];
  let next: Promise<void> | undefined;
  return (item) => {
    waiting.push(item);
    next ??= inTurn(() => {
      const items = waiting;
      waiting = [];
      next = undefined;
      return commit(items);
    });
    return next;
  };
}
