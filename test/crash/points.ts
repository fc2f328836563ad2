import { canBeTorn, describe, isElsewhere, type Operation } from "./operation.js";

/**
 * Before an operation; when half of its bytes are written, or a command runs that is given nothing more;
 * when it is done and nobody knows.
 */
type Moment = "before" | "torn" | "after";

/**
 * What is lost besides the process: nothing, all that was not synchronized (a power cut), or the
 * contents of what was not, while the names are kept (as file systems may).
 */
type Loss = "nothing" | "unsynced" | "contents";

/** Where a run is killed. */
export interface Point {
  readonly at: number;
  readonly moment: Moment;
  readonly loss: Loss;
}

/**
 * All moments of a run between which the disk or the cloud differs: before each operation, in the
 * midst of each write and command, after each answer and the end of each command, after the last; those at which a power cut
 * would take something, once more for each way in which it could. What comes after an operation on
 * the disk is what comes before the next, and is not counted twice.
 */
export function pointsOf(operations: readonly Operation[]): readonly Point[] {
  return operations.flatMap((operation, index): readonly Point[] => {
    const { at } = operation;
    const isLast = index === operations.length - 1;
    return [
      ...withLosses({ at, moment: "before", loss: "nothing" }, operation),
      ...(canBeTorn(operation) ? [{ at, moment: "torn", loss: "nothing" } as const] : []),
      ...(isElsewhere(operation)
        ? withLosses({ at, moment: "after", loss: "nothing" }, operation)
        : []),
      ...(isLast && !isElsewhere(operation)
        ? [{ at, moment: "after", loss: "nothing" } as const]
        : []),
    ];
  });
}

function withLosses(point: Point, { names, contents }: Operation): readonly Point[] {
  return [
    point,
    ...(names + contents > 0 ? [{ ...point, loss: "unsynced" } as const] : []),
    ...(contents > 0 ? [{ ...point, loss: "contents" } as const] : []),
  ];
}

/** `37-after-unsynced`: what {@link parsePoint} reads. */
export function formatPoint({ at, moment, loss }: Point): string {
  return [at, moment, ...(loss === "nothing" ? [] : [loss])].join("-");
}

/** Throws a RangeError for anything else. */
export function parsePoint(text: string): Point {
  const [, at, moment, loss] =
    /^(\d+)-(before|torn|after)(?:-(unsynced|contents))?$/u.exec(text) ?? [];
  if (moment !== "before" && moment !== "torn" && moment !== "after") {
    throw new RangeError(`${text} is no point, such as 37-after or 12-before-unsynced`);
  }
  return {
    at: Number(at),
    moment,
    loss: loss === "unsynced" || loss === "contents" ? loss : "nothing",
  };
}

/** `after POST /compute/v2.1/os-keypairs`. */
export function tellPoint({ at, moment, loss }: Point, operations: readonly Operation[]): string {
  const operation = operations.find((it) => it.at === at);
  const lost = { nothing: "", unsynced: ", power cut", contents: ", power cut that keeps names" };
  const when = moment === "torn" ? "in the midst of" : moment;
  return `${when} ${operation ? describe(operation) : `operation ${at}`}${lost[loss]}`;
}
