import { canonicalJson, isObject } from "../../engine/model/value.js";
import { listOf } from "../helpers/raw-client.js";
import { type Aftermath, comparable } from "./aftermath.js";
import { keyOf, type Thing, thingsOf } from "./inventory.js";
import type { Lane, Prepared } from "./lane.js";
import { lostSecrets } from "./secrets.js";

/** What became of a killed run after the next ones. */
export interface Verdict {
  /**
   * Whether the next run made all as though nothing had happened, nothing is left to do, and
   * `state verify` finds the state well.
   */
  readonly converged: boolean;
  /** In the cloud, of nobody. */
  readonly orphans: number;
  /** In the cloud a second time. */
  readonly duplicates: number;
  readonly secretsLost: number;
  /** What the killed run had made and did not remember, and the next one took over. */
  readonly adopted: number;
  /** As adopted, but deleted and made again. */
  readonly madeAgain: number;
  /** All that is wrong, in words. */
  readonly faults: readonly string[];
}

/** Mends what a killed run has left, by `plan` and then the command again, and judges the outcome. */
export async function mend(lane: Lane, prepared: Prepared): Promise<Verdict> {
  const { scenario, before, undisturbed } = prepared;
  const plan = ["plan", ...scenario.planOptions];
  const found = await lane.look();
  const planned = await lane.run(...plan, "--json");
  const faults: string[] = [];
  if (planned.code !== 0) faults.push(`plan ends with ${planned.code}: ${planned.stderr}`);
  const told = tellsRecovery(planned.stdout, unremembered(found, before));
  faults.push(...told.faults);

  const applied = await lane.run(...scenario.again);
  if (applied.code !== 0) {
    faults.push(
      `${scenario.again[0]} ends with ${applied.code}: ${applied.stdout}${applied.stderr}`,
    );
  }
  const after = await lane.run(...plan, "--detailed-exitcode");
  if (after.code !== 0) faults.push(`something is left to do: ${after.stdout}${after.stderr}`);
  const final = await lane.look();
  faults.push(...differences(comparable(undisturbed), comparable(final)));
  faults.push(...(await lane.flaws()));
  const converged = faults.length === 0;

  const orphans = unremembered(final, before);
  const duplicates = doubled(final);
  const lost = await lane.cloud.visit(({ login }) =>
    lostSecrets(lane.folder, final, login.authUrl),
  );
  return {
    converged,
    orphans: orphans.length,
    duplicates: duplicates.length,
    secretsLost: lost.length,
    adopted: told.adopted,
    madeAgain: told.madeAgain,
    faults: [
      ...faults,
      ...orphans.map((it) => `${keyOf(it)} (${it.name}) is an orphan`),
      ...duplicates.map((it) => `${keyOf(it)} (${it.name}) is a duplicate`),
      ...lost,
    ],
  };
}

/** What was not there before and no state knows. */
function unremembered({ inventory, snapshot }: Aftermath, before: Aftermath): readonly Thing[] {
  const known = new Set([
    ...thingsOf(before.inventory).map(keyOf),
    ...(snapshot?.instances ?? []).map(({ address, id }) => keyOf({ type: address.type, id })),
  ]);
  return thingsOf(inventory).filter((it) => !known.has(keyOf(it)));
}

function doubled({ inventory }: Aftermath): readonly Thing[] {
  const seen = new Set<string>();
  return thingsOf(inventory).filter(({ type, name }) => {
    const key = keyOf({ type, id: name });
    const again = seen.has(key);
    seen.add(key);
    return again;
  });
}

const ADOPTED = /^(?:adopted: )?created by an interrupted run at \d{4}-\d\d-\d\dT/u;
const LEFT_BEHIND = /^an interrupted run at \d{4}-\d\d-\d\dT.* left it behind/u;

/** Whether a plan says of each thing that an interrupted run has made it, and what becomes of it. */
function tellsRecovery(json: string, made: readonly Thing[]) {
  const faults: string[] = [];
  const changes = changesOf(json);
  const told = changes.filter(({ reason }) => ADOPTED.test(reason) || LEFT_BEHIND.test(reason));
  for (const type of new Set(made.map((it) => it.type))) {
    const things = made.filter((it) => it.type === type);
    const changed = told.filter((it) => it.address.startsWith(`${type}.`));
    if (changed.length !== things.length) {
      const names = things.map((it) => it.name).join(", ");
      const reasons = changes.map(({ address, reason }) => `${address}: ${reason}`).join("; ");
      faults.push(`the plan does not tell what made ${type} ${names}: ${reasons}`);
    }
  }
  return {
    faults,
    adopted: told.filter((it) => it.action === "import").length,
    madeAgain: told.filter((it) => it.action === "replace").length,
  };
}

interface Told {
  readonly address: string;
  readonly action: string;
  readonly reason: string;
}

function changesOf(json: string): readonly Told[] {
  try {
    const plan: unknown = JSON.parse(json);
    return listOf(isObject(plan) ? plan : {}, "changes").map(({ address, action, reason }) => ({
      address: String(address),
      action: String(action),
      reason: String(reason),
    }));
  } catch {
    return [];
  }
}

/** Where two values differ, each place in words. */
function differences(expected: unknown, actual: unknown, path = ""): readonly string[] {
  if (canonicalOf(expected) === canonicalOf(actual)) return [];
  if (!isObject(expected) || !isObject(actual)) {
    const text = (value: unknown) => JSON.stringify(value) ?? "nothing";
    return [`${path} is ${text(actual)} instead of ${text(expected)}`];
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...keys].flatMap((key) =>
    differences(expected[key], actual[key], path === "" ? key : `${path}/${key}`),
  );
}

function canonicalOf(value: unknown): string {
  return value === undefined ? "" : canonicalJson(value);
}
