import { resolve } from "node:path";
import type { Keyring } from "../../../state/keyring.js";
import { type Applied, applyPlan } from "../../applying/apply.js";
import type { Connection } from "../../model/connection.js";
import { OutsideError } from "../../model/errors.js";
import { isInPart } from "../../model/outcome.js";
import type { Plan } from "../../model/plan.js";
import type { Snapshot, StateLock, StateStore } from "../../model/state.js";
import { applyRows } from "../../ui/apply-rows.js";
import { planRows } from "../../ui/plan-rows.js";
import { type LoadedConfiguration, openConfiguration } from "../configuration.js";
import { canAsk, confirm } from "../confirm.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { HeadStart } from "../head-start.js";
import { type Interrupts, interruptible } from "../interrupts.js";
import { keysLeft } from "../keys-left.js";
import { openPlanFile } from "../open-plan-file.js";
import type { CloudOptions, LockOptions } from "../options.js";
import { withoutOwnPlaces } from "../own-places.js";
import { stateKeys } from "../passphrase.js";
import { digestOf, type PlanFile } from "../plan-file.js";
import {
  isPending,
  type PlanChoice,
  parseAddresses,
  planWith,
  quotasOf,
  refusal,
} from "../planned.js";
import { printLine, printRows } from "../print.js";
import { reportEvents } from "../progress.js";
import { fromCommandLine, fromPlanFile, replacing } from "../replaceable.js";
import { currentState, locked, openStore } from "../state.js";
import { StateAhead } from "../state-ahead.js";
import type { World } from "../world.js";

export interface ApplyOptions extends CloudOptions, LockOptions {
  readonly replace: readonly string[];
  readonly replaceSecretFile: readonly string[];
  readonly autoApprove?: boolean;
  readonly parallelism: number;
  readonly checkQuota?: boolean;
  /** How long what is in use is waited for, in milliseconds. */
  readonly wait?: number;
  readonly verbose?: boolean;
}

/** `portcullis apply [PLAN]`: makes it so, after showing what and asking. */
export async function applyCommand(
  world: World,
  options: ApplyOptions,
  planPath: string | undefined,
): Promise<ExitCode> {
  if (planPath === undefined) return applyAnew(world, options, false);
  const keys = stateKeys(world);
  const file = await openPlanFile(world, planPath, keys);
  const { cloud = options.cloud, sandbox = options.sandbox } = file;
  const asPlanned = {
    ...options,
    ...(cloud !== undefined && { cloud }),
    ...(sandbox !== undefined && { sandbox }),
  };
  const replaceable = fromPlanFile(resolve(world.cwd, options.dir), file.replaceSecretFiles);
  return run(
    replacing(world, replaceable),
    asPlanned,
    keys,
    () => ({ ...file, quotas: quotasOf(options) }),
    file,
  );
}

/** `portcullis destroy`: removes everything that the state has. */
export function destroyCommand(world: World, options: ApplyOptions): Promise<ExitCode> {
  return applyAnew(world, options, true);
}

async function applyAnew(world: World, options: ApplyOptions, destroy: boolean): Promise<ExitCode> {
  if (!options.autoApprove && !canAsk(world)) {
    throw new OutsideError("usage", "There is no terminal to ask for approval.", {
      help: "Give --auto-approve, or make a plan with `portcullis plan --out FILE` and apply that file.",
    });
  }
  const replaceable = fromCommandLine(world, options.replaceSecretFile);
  return run(replacing(world, replaceable), options, stateKeys(world), (loaded) => ({
    destroy,
    replace: parseAddresses(options.replace, loaded),
    quotas: quotasOf(options),
  }));
}

async function run(
  outer: World,
  options: ApplyOptions,
  keys: Keyring,
  choose: (loaded: LoadedConfiguration) => PlanChoice,
  file?: PlanFile,
): Promise<ExitCode> {
  const world = withoutOwnPlaces(outer, options);
  return interruptible(world, async (interrupts) => {
    const early = new StateAhead(world, options, keys);
    const ahead = new HeadStart(world, options, early.read);
    try {
      const loaded = await interrupts.orLeave(openConfiguration(world, options, ahead.begin));
      if (!loaded) return EXIT.error;
      const choice = choose(loaded);
      const chosen = { early, ahead, loaded, options, keys, choice, file, interrupts };
      return await planAndApply(world, chosen);
    } finally {
      ahead.drop();
    }
  });
}

interface Chosen {
  readonly early: StateAhead;
  readonly ahead: HeadStart;
  readonly loaded: LoadedConfiguration;
  readonly options: ApplyOptions;
  readonly keys: Keyring;
  readonly choice: PlanChoice;
  readonly file: PlanFile | undefined;
  readonly interrupts: Interrupts;
}

async function planAndApply(
  world: World,
  { early, ahead, loaded, options, keys, choice, file, interrupts }: Chosen,
): Promise<ExitCode> {
  const store = openStore(world, options, keys);
  const { clock, random } = world.runtime(loaded.folder);
  const id = random.uuid();
  const asked = clock.now();
  const work = async (lock: StateLock) => {
    const snapshot = await currentState(world, store);
    const applied = async (connection: Connection) => {
      const plan = await planWith(world, loaded, connection, snapshot, choice);
      const refused = refusal(world, plan, loaded);
      if (refused !== undefined) return refused;
      if (file && digestOf(plan, file.salt) !== file.digest) throw stale();
      await showPlan(world, plan, loaded, options);
      if (isPending(plan) && !file && !options.autoApprove) {
        await confirm(world, question(plan, choice), interrupts.signal);
      }
      interrupts.begin();
      return carryOut(world, {
        plan,
        loaded,
        snapshot,
        store,
        connection,
        options,
        id,
        interrupts,
        lock,
      });
    };
    const isStale = await early.isStale(snapshot, lock, asked);
    return ahead.connected(loaded, applied, { permit: lock.confirm, isStale });
  };
  await interrupts.orLeave(keys.ask());
  const { lockTimeout = 0 } = options;
  const request = { run: id, lockTimeout, signal: interrupts.signal };
  return locked(world, store, request, (lock) => interrupts.orLeave(work(lock)));
}

interface Work {
  readonly plan: Plan;
  readonly loaded: LoadedConfiguration;
  readonly snapshot: Snapshot;
  readonly store: StateStore;
  readonly connection: Connection;
  readonly options: ApplyOptions;
  readonly id: string;
  readonly interrupts: Interrupts;
  readonly lock: StateLock;
}

async function carryOut(world: World, work: Work): Promise<ExitCode> {
  const applied = await applyInSight(world, work);
  const { plan, options, interrupts, snapshot, loaded } = work;
  if (isPending(plan)) {
    await printRows(world, applyRows(applied, { verbose: options.verbose === true }));
    const left = keysLeft(snapshot, applied.snapshot, loaded.folder);
    if (left.length > 0) printLine(world, `Private keys that stay on disk: ${left.join(", ")}`);
  }
  return interrupts.exitCode() ?? exitCode(applied);
}

/** Applies while it shows what happens. */
async function applyInSight(world: World, work: Work): Promise<Applied> {
  const { plan, loaded, snapshot, store, connection, options, id, interrupts, lock } = work;
  const { configuration, provider, folder } = loaded;
  const progress = await reportEvents(world, plan, {
    signal: interrupts.signal,
    beside: options.debug === true,
  });
  try {
    return await applyPlan({
      plan,
      configuration,
      snapshot,
      store,
      provider,
      connection,
      runtime: world.runtime(folder),
      run: id,
      parallelism: options.parallelism,
      ...(options.wait !== undefined && { patience: options.wait }),
      onEvent: progress.on,
      signal: AbortSignal.any([interrupts.signal, lock.lost]),
    });
  } finally {
    progress.stop();
  }
}

function exitCode(applied: Applied): ExitCode {
  const { failures } = applied;
  if (failures.length === 0) return EXIT.ok;
  if (failures.some(({ error }) => error instanceof OutsideError && error.code === "lock-lost"))
    return EXIT.stateLocked;
  return isInPart(applied) ? EXIT.appliedInPart : EXIT.error;
}

async function showPlan(
  world: World,
  plan: Plan,
  { configuration, folder }: LoadedConfiguration,
  options: ApplyOptions,
): Promise<void> {
  const now = world.runtime(folder).clock.now();
  const { files } = configuration;
  await printRows(world, planRows(plan, { verbose: options.verbose === true, now, files }));
}

function question({ cloud }: Plan, { destroy }: PlanChoice): string {
  const what = destroy ? "Destroy all of this" : "Apply this";
  const where = cloud
    ? ` on ${cloud.name}, project ${cloud.project.name}, as ${cloud.user.name}`
    : "";
  return `\n${what}${where}? Only yes is a yes: `;
}

function stale(): OutsideError {
  return new OutsideError(
    "plan-stale",
    "The plan is stale: the configuration, the state or the cloud is not what it was when the plan was made.",
    { help: "Make a new plan, with the same files and the same --var and --var-file." },
  );
}
