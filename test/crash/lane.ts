import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Keyring, NO_KEYS } from "../../state/keyring.js";
import { type Ended, runCli } from "../helpers/cli.js";
import { startCli } from "../helpers/cli-process.js";
import { testKeys } from "../helpers/test-keys.js";
import { type Aftermath, flawsIn, lookAt } from "./aftermath.js";
import type { CrashCloud } from "./crash-cloud.js";
import { type Operation, readOperations } from "./operation.js";
import type { Point } from "./points.js";
import type { Scenario } from "./scenarios.js";

const PRELOAD = new URL("preload.mjs", import.meta.url).href;

/** A scenario up to the run that is killed, and what that run does when nobody kills it. */
export interface Prepared {
  readonly scenario: Scenario;
  /** A folder to begin each attempt with: `configuration`, and what the cloud keeps. */
  readonly base: string;
  readonly before: Aftermath;
  readonly operations: readonly Operation[];
  readonly undisturbed: Aftermath;
}

/** How a process ended: the signal that killed it, or its exit code. */
export interface Fate {
  readonly signal: string | null;
  readonly code: number | null;
  readonly printed: string;
}

/** The clouds of a lane, by what a scenario asks for. */
export type Clouds = Readonly<Record<Scenario["cloud"], CrashCloud>>;

/** A place where one run after the other is killed: a folder and a cloud. */
export class Lane {
  readonly stage: string;
  readonly #prepared = new Map<string, Prepared>();
  readonly #clouds: Clouds;
  #cloud: CrashCloud;
  #env: Readonly<Record<string, string>> = {};
  #keys: Keyring = NO_KEYS;

  /** `root` is a folder for all of it. */
  constructor(
    readonly root: string,
    clouds: Clouds,
  ) {
    this.stage = join(root, "stage");
    this.#clouds = clouds;
    this.#cloud = clouds.server;
    mkdirSync(join(root, "aside"), { recursive: true });
  }

  /** The cloud of the scenario that is on the stage. */
  get cloud(): CrashCloud {
    return this.#cloud;
  }

  /** Where the configuration is, the state and what is delivered. */
  get folder(): string {
    return join(this.stage, "configuration");
  }

  async prepare(scenario: Scenario): Promise<Prepared> {
    const known = this.#prepared.get(scenario.name);
    if (known) return known;
    await this.#clear();
    this.#take(scenario);
    mkdirSync(this.stage);
    cpSync(scenario.source, this.folder, { recursive: true });
    await this.cloud.open(this.stage);
    if (scenario.edit) {
      const ended = await this.run("apply", "--auto-approve");
      if (ended.code !== 0) throw new Error(`${scenario.name}: ${ended.stdout}${ended.stderr}`);
      scenario.edit(this.folder);
    }
    const before = await this.look();
    const base = join(this.root, scenario.name.replace("/", "-"));
    await this.cloud.close();
    cpSync(this.stage, base, { recursive: true });
    await this.cloud.open(this.stage);

    const { fate, operations } = await this.record(scenario.argv);
    if (fate.code !== 0) throw new Error(`${scenario.name}: ${fate.printed}`);
    const undisturbed = await this.look();
    const prepared = { scenario, base, before, operations, undisturbed };
    this.#prepared.set(scenario.name, prepared);
    return prepared;
  }

  #take({ cloud, passphrase }: Scenario): void {
    this.#cloud = this.#clouds[cloud];
    this.#env = passphrase === undefined ? {} : { PORTCULLIS_STATE_PASSPHRASE: passphrase };
    this.#keys = passphrase === undefined ? NO_KEYS : testKeys(passphrase);
  }

  /** What is there now. */
  look(): Promise<Aftermath> {
    return lookAt(this.folder, this.cloud, this.#keys);
  }

  /** What `state verify` finds not well. */
  flaws(): Promise<readonly string[]> {
    return flawsIn(this.folder, this.#keys);
  }

  /** Begins a scenario anew. */
  async begin({ scenario, base }: Prepared): Promise<void> {
    await this.#clear();
    this.#take(scenario);
    cpSync(base, this.stage, { recursive: true });
    await this.cloud.open(this.stage);
  }

  /** Lets a process run to its end, and lists what it does. */
  async record(
    argv: readonly string[],
  ): Promise<{ readonly fate: Fate; readonly operations: readonly Operation[] }> {
    const record = join(this.root, "operations");
    rmSync(record, { force: true });
    const fate = await this.#process(argv, { record });
    return { fate, operations: readOperations(record) };
  }

  /** Kills a process at a point; with so many changes at once, the point may not be reached. */
  kill(argv: readonly string[], point: Point, parallelism = 1): Promise<Fate> {
    return this.#process(argv, point, parallelism);
  }

  /** Runs a command in this process, as the user would afterwards. */
  run(...argv: readonly string[]): Promise<Ended> {
    return runCli([...argv, ...this.cloud.options], {
      cwd: this.folder,
      env: { ...this.cloud.env, ...this.#env },
    });
  }

  async close(): Promise<void> {
    await this.#clear();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Takes everything off the stage; off a real cloud by destroying it. */
  async #clear(): Promise<void> {
    if (this.cloud.isReal && existsSync(this.stage)) {
      const { code, stdout, stderr } = await this.run("destroy", "--auto-approve");
      if (code !== 0) throw new Error(`destroy ends with ${code}: ${stdout}${stderr}`);
    }
    await this.cloud.close();
    rmSync(this.stage, { recursive: true, force: true });
  }

  async #process(argv: readonly string[], order: object, parallelism = 1): Promise<Fate> {
    const settings = { root: this.folder, aside: join(this.root, "aside"), ...order };
    const victim = startCli(
      [...argv, ...this.cloud.options, "--parallelism", String(parallelism)],
      {
        cwd: this.folder,
        env: { ...this.cloud.env, ...this.#env, PORTCULLIS_CRASH: JSON.stringify(settings) },
        node: ["--import", PRELOAD],
      },
    );
    return { ...(await victim.ended), printed: victim.printed() };
  }
}
