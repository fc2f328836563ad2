import type { Lane, Prepared } from "./lane.js";
import { formatPoint, type Point, parsePoint, pointsOf, tellPoint } from "./points.js";
import { SCENARIOS, type Scenario } from "./scenarios.js";
import { mend, type Verdict } from "./verdict.js";

/** Where runs are killed: one, and perhaps the one that was to mend it; with what parallelism. */
export interface Attempt {
  readonly scenario: Scenario;
  readonly first: Point;
  readonly second?: Point;
  readonly parallelism: number;
}

/** An attempt and what came of it. */
export interface Result {
  /** Repeats it alone: what `--only` takes. */
  readonly key: string;
  readonly attempt: Attempt;
  /** Where, in words. */
  readonly where: string;
  /** Whether the process was alive when it was to be killed: always, with a parallelism of 1. */
  readonly reached: boolean;
  readonly verdict: Verdict;
}

/** `06-three-tier/apply/37-after-unsynced`, then perhaps the second point and `x10`. */
function keyOf({ scenario, first, second, parallelism }: Attempt): string {
  return [
    scenario.name,
    formatPoint(first),
    ...(second ? [formatPoint(second)] : []),
    ...(parallelism === 1 ? [] : [`x${parallelism}`]),
  ].join("/");
}

/** Throws a RangeError for what {@link keyOf} does not write. */
export function parseKey(key: string): Attempt {
  const [example, what, first = "", ...rest] = key.split("/");
  const scenario = SCENARIOS.find((it) => it.name === `${example}/${what}`);
  if (!scenario) throw new RangeError(`no scenario ${example}/${what}`);
  const second = rest.find((it) => !it.startsWith("x"));
  const parallelism = Number(rest.find((it) => it.startsWith("x"))?.slice(1) ?? 1);
  return {
    scenario,
    first: parsePoint(first),
    ...(second !== undefined && { second: parsePoint(second) }),
    parallelism,
  };
}

/** Every point of a scenario, one by one. */
export function allOf({ scenario, operations }: Prepared): readonly Attempt[] {
  return pointsOf(operations)
    .filter(({ loss }) => loss === "nothing" || scenario.cloud === "server")
    .map((first) => ({ scenario, first, parallelism: 1 }));
}

/** Points of the run that mends what was left at `first`. */
export async function secondOf(
  lane: Lane,
  prepared: Prepared,
  first: Point,
): Promise<readonly Attempt[]> {
  const { scenario } = prepared;
  await lane.begin(prepared);
  await lane.kill(scenario.argv, first);
  const { operations } = await lane.record(scenario.again);
  return pointsOf(operations).map((second) => ({ scenario, first, second, parallelism: 1 }));
}

/** Kills, mends and judges. */
async function attemptIn(lane: Lane, attempt: Attempt): Promise<Result> {
  const { scenario, first, second, parallelism } = attempt;
  const prepared = await lane.prepare(scenario);
  await lane.begin(prepared);
  const fate = await lane.kill(scenario.argv, first, parallelism);
  const again = second && (await lane.kill(scenario.again, second));
  const reached = fate.signal === "SIGKILL" && (!again || again.signal === "SIGKILL");
  const verdict = await mend(lane, prepared);
  const missed =
    reached || parallelism > 1
      ? []
      : [`nothing was killed: ${fate.printed}${again?.printed ?? ""}`];
  return {
    key: keyOf(attempt),
    attempt,
    where: `${scenario.name}, ${tellPoint(first, prepared.operations)}${second ? `, and ${formatPoint(second)} of the next run` : ""}`,
    reached,
    verdict: { ...verdict, faults: [...missed, ...verdict.faults] },
  };
}

/** What cannot even be looked at is not mended. */
function failed(attempt: Attempt, error: unknown): Result {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const none = { orphans: 0, duplicates: 0, secretsLost: 0, adopted: 0, madeAgain: 0 };
  return {
    key: keyOf(attempt),
    attempt,
    where: `${attempt.scenario.name}, ${formatPoint(attempt.first)}`,
    reached: true,
    verdict: { ...none, converged: false, faults: [why] },
  };
}

/** Spreads attempts over lanes; each takes the next when it is free. */
export async function attemptAll(
  lanes: readonly Lane[],
  attempts: readonly Attempt[],
  onResult: (result: Result) => void,
): Promise<void> {
  const queue = attempts.values();
  await Promise.all(
    lanes.map(async (lane) => {
      for (const attempt of queue) {
        onResult(await attemptIn(lane, attempt).catch((error) => failed(attempt, error)));
      }
    }),
  );
}
