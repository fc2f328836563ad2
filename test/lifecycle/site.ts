import { rmSync } from "node:fs";
import { join } from "node:path";
import { applyPlan } from "../../engine/applying/apply.js";
import type { Configuration } from "../../engine/model/configuration.js";
import type { Connection } from "../../engine/model/connection.js";
import { type Diagnostic, hasErrors } from "../../engine/model/diagnostic.js";
import type { Finding } from "../../engine/model/finding.js";
import type { Outcome } from "../../engine/model/outcome.js";
import type { Plan } from "../../engine/model/plan.js";
import { emptySnapshot, type Snapshot, type StateStore } from "../../engine/model/state.js";
import type { JsonObject } from "../../engine/model/value.js";
import { makePlan } from "../../engine/planning/plan.js";
import type { OpenStack } from "../../providers/openstack/cloud.js";
import { openstack } from "../../providers/openstack/provider.js";
import { type Sandbox, startSandbox } from "../../providers/sandbox/server.js";
import { fileStateStore } from "../../state/file-store.js";
import { NO_KEYS } from "../../state/keyring.js";
import { verifyState } from "../../state/verify.js";
import { verifySnapshot } from "../../state/verify-snapshot.js";
import { loadTexts, PROVIDERS, type Texts } from "../helpers/load-texts.js";
import { MemoryStore } from "../helpers/memory-store.js";
import { type TestRuntime, testRuntime } from "../helpers/runtime.js";
import { FILES_BESIDE } from "../helpers/spell-configuration.js";
import { SECRET_ENV } from "../helpers/spell-credential.js";
import type { Life, Trouble } from "./arbitrary-life.js";
import { Disturbance } from "./disturbance.js";

/** How an attempt to make everything as declared ended. */
export type Attempt =
  | { readonly kind: "applied"; readonly outcome: Outcome }
  /** The plan has errors. */
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] }
  /** No plan was made, or the state could not be written. */
  | { readonly kind: "broken"; readonly error: unknown };

export interface Attempted {
  readonly attempt: Attempt;
  /** Whether the trouble came to pass. */
  readonly isFelt: boolean;
}

/** One configuration's place: a cloud, a state, files and a clock of its own. */
export class Site {
  #disturbance = new Disturbance();
  #runs = 0;

  private constructor(
    readonly runtime: TestRuntime,
    readonly sandbox: Sandbox,
    public connection: Connection<OpenStack>,
    readonly newStore: () => StateStore,
    /** The state's file; undefined where it is kept in memory. */
    readonly path: string | undefined,
    readonly parallelism: number,
  ) {
    runtime.onWrite = () => this.#disturbance.pass();
  }

  /** Starts one, gives it to `work` and ends it; the state lies in the folder, if it is in a file. */
  static async use(life: Life, folder: string, work: (site: Site) => Promise<void>): Promise<void> {
    const runtime = testRuntime({ files: FILES_BESIDE, env: SECRET_ENV });
    let site: Site | undefined;
    const sandbox = await startSandbox({
      now: () => runtime.clock.now(),
      instead: (moment, request) => site?.instead(moment, request),
      ...(life.quotas && { quotas: life.quotas }),
    });
    const file = join(folder, "state.json");
    const path = life.store === "file" ? file : undefined;
    const memory = new MemoryStore();
    const newStore = () =>
      path === undefined ? memory : fileStateStore({ path, host: "here", isAlive: () => false });
    try {
      const connection = await logIn(sandbox, runtime);
      site = new Site(runtime, sandbox, connection, newStore, path, life.parallelism);
      await work(site);
    } finally {
      await site?.connection.close();
      await sandbox.close();
      for (const end of ["", ".backup", ".journal", ".lock"]) rmSync(file + end, { force: true });
    }
  }

  instead(...args: Parameters<Disturbance["instead"]>): ReturnType<Disturbance["instead"]> {
    return this.#disturbance.instead(...args);
  }

  /** What the state is now. */
  async snapshot(): Promise<Snapshot> {
    return (await this.newStore().read()) ?? emptySnapshot("lineage");
  }

  /** What `portcullis state verify` finds; nothing where there is no state. */
  async verify(): Promise<readonly Finding[]> {
    if (this.path !== undefined) return verifyState(this.path, NO_KEYS, PROVIDERS);
    const snapshot = await this.newStore().read();
    return snapshot ? verifySnapshot(snapshot, PROVIDERS) : [];
  }

  /** The plan as of now; undisturbed. */
  async plan(texts: Texts, destroy: boolean): Promise<Plan> {
    return this.#plan(await this.#load(texts), await this.snapshot(), destroy);
  }

  /** Plans and applies once, as a process of its own. */
  async attempt(texts: Texts, destroy: boolean, trouble?: Trouble): Promise<Attempted> {
    const disturbance = new Disturbance(trouble);
    this.#disturbance = disturbance;
    const attempt = await this.#apply(texts, destroy, disturbance).catch(
      (error: unknown): Attempt => ({ kind: "broken", error }),
    );
    this.#disturbance = new Disturbance();
    if (disturbance.isDead) {
      await this.connection.close();
      this.connection = await logIn(this.sandbox, this.runtime);
    }
    return { attempt, isFelt: disturbance.isFelt };
  }

  async #apply(texts: Texts, destroy: boolean, disturbance: Disturbance): Promise<Attempt> {
    const run = `run-${this.#runs++}`;
    const store = this.newStore();
    const since = this.runtime.clock.now().toISOString();
    const owner = { run, user: "u", host: "here", pid: 2 ** 22, command: "apply", since };
    const lock = await store.lock(owner);
    try {
      const configuration = await this.#load(texts);
      const snapshot = (await store.read()) ?? emptySnapshot("lineage");
      const plan = await this.#plan(configuration, snapshot, destroy);
      const { diagnostics } = plan;
      if (hasErrors(diagnostics)) return { kind: "refused", diagnostics };
      const outcome = await applyPlan({
        plan,
        configuration,
        snapshot,
        store: disturbance.store(store),
        provider: openstack,
        connection: this.connection,
        runtime: this.runtime,
        run,
        parallelism: this.parallelism,
        onEvent: () => {},
        signal: disturbance.signal,
      });
      return { kind: "applied", outcome };
    } finally {
      if (!disturbance.isDead) await lock.release();
      // The end of a process closes its files; reading closes the journal.
      else await store.read();
    }
  }

  async #load(texts: Texts): Promise<Configuration> {
    const { configuration, diagnostics } = await loadTexts(texts, this.runtime);
    if (!configuration) throw new Error(JSON.stringify(diagnostics));
    return configuration;
  }

  #plan(configuration: Configuration, snapshot: Snapshot, destroy: boolean): Promise<Plan> {
    const { connection, runtime } = this;
    const request = { configuration, snapshot, provider: openstack, connection, runtime };
    return makePlan({ ...request, destroy, replace: [] });
  }
}

function logIn(sandbox: Sandbox, runtime: TestRuntime): Promise<Connection<OpenStack>> {
  return openstack.connect(settingsOf(sandbox), runtime);
}

/** The provider's settings that mean a cloud. */
export function settingsOf({ clouds }: Sandbox): JsonObject {
  return { name: "sandbox", entry: clouds.sandbox ?? {} };
}
