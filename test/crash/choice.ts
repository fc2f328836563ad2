import { createHash } from "node:crypto";
import type { Lane } from "./lane.js";
import { type Attempt, allOf, secondOf } from "./matrix.js";
import { formatPoint } from "./points.js";
import type { Scenario } from "./scenarios.js";

/** How many points of a run that mends another are tried, for each first point. */
const SECONDS = 8;
/** Of the points of a run that does several things at once, one in so many. */
const ABREAST = 6;

/** Of the points of a scenario that is another one's with an encrypted state, or another cloud, one in so many. */
const VARIANTS = 4;

/** Scenarios whose mending is killed as well, and that are killed while they do ten things at once. */
const DEEPER: ReadonlySet<string> = new Set([
  "01-first-key/apply",
  "05-ci-credential/apply",
  "05-ci-credential/replace",
  "06-three-tier/apply",
  "06-three-tier/update",
  "06-three-tier/destroy",
  "08-address-group/apply",
]);

/**
 * All attempts on a scenario: every point of it, or every fourth of a variant; for some scenarios also points at which ten things
 * are done at once, and points of the run that mends what was left early, half-way and late.
 */
export async function attemptsOn(lane: Lane, scenario: Scenario): Promise<readonly Attempt[]> {
  const prepared = await lane.prepare(scenario);
  const every = allOf(prepared);
  if (isVariant(scenario)) return every.filter((_, index) => index % VARIANTS === 0);
  if (!DEEPER.has(scenario.name)) return every;
  const abreast = every
    .filter((_, index) => index % ABREAST === 1)
    .map((it) => ({ ...it, parallelism: 10 }));
  const seconds: Attempt[] = [];
  for (const { first } of spread(every, 3)) {
    seconds.push(...spread(await secondOf(lane, prepared, first), SECONDS));
  }
  return [...every, ...abreast, ...seconds];
}

/** What it does to the disk is what the scenario without does. */
function isVariant({ cloud, passphrase }: Scenario): boolean {
  return cloud === "embedded" || passphrase !== undefined;
}

/** So many of the points of a scenario, evenly spread. */
export async function sampleOf(
  lane: Lane,
  scenario: Scenario,
  count: number,
): Promise<readonly Attempt[]> {
  return spread(allOf(await lane.prepare(scenario)), count);
}

/** So many of the points of a scenario, as a seed draws them. */
export async function drawnFrom(
  lane: Lane,
  scenario: Scenario,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<readonly Attempt[]> {
  const lot = ({ first }: Attempt) =>
    createHash("sha256")
      .update(`${seed} ${scenario.name} ${formatPoint(first)}`)
      .digest("hex");
  const drawn = allOf(await lane.prepare(scenario)).map((it) => [lot(it), it] as const);
  return drawn
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .slice(0, count)
    .map(([, attempt]) => attempt);
}

/** So many of the items, evenly spread, neither the first nor the last. */
function spread<T>(items: readonly T[], count: number): readonly T[] {
  const few = Math.min(count, items.length);
  return Array.from({ length: few }, (_, index) =>
    items.at(Math.floor(((index + 0.5) * items.length) / few)),
  ).filter((it) => it !== undefined);
}
