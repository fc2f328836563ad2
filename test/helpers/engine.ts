import { type Applied, applyPlan } from "../../engine/applying/apply.js";
import type { Configuration } from "../../engine/model/configuration.js";
import type { Connection } from "../../engine/model/connection.js";
import { type Diagnostic, hasErrors } from "../../engine/model/diagnostic.js";
import type { Plan } from "../../engine/model/plan.js";
import { emptySnapshot, type Snapshot } from "../../engine/model/state.js";
import { makePlan } from "../../engine/planning/plan.js";
import type { OpenStack } from "../../providers/openstack/cloud.js";
import { openstack } from "../../providers/openstack/provider.js";
import { type Sandbox, startSandbox } from "../../providers/sandbox/server.js";
import { loadTexts, type Texts } from "./load-texts.js";
import { MemoryStore } from "./memory-store.js";
import { type TestRuntime, testRuntime } from "./runtime.js";
import { SECRET_ENV } from "./spell-credential.js";

/** The whole engine with the real provider, on an embedded cloud of its own, with nothing on disk. */
export class Engine {
  readonly store = new MemoryStore();

  private constructor(
    readonly sandbox: Sandbox,
    readonly connection: Connection<OpenStack>,
    readonly runtime: TestRuntime,
  ) {}

  /** Starts one, gives it to `work` and ends it. `files` are those beside the configuration. */
  static async use<T>(files: Texts, work: (engine: Engine) => Promise<T>): Promise<T> {
    const runtime = testRuntime({ files, env: SECRET_ENV });
    const sandbox = await startSandbox({ now: () => runtime.clock.now() });
    try {
      const entry = sandbox.clouds.sandbox ?? {};
      const connection = await openstack.connect({ name: "sandbox", entry }, runtime);
      try {
        return await work(new Engine(sandbox, connection, runtime));
      } finally {
        await connection.close();
      }
    } finally {
      await sandbox.close();
    }
  }

  /** Throws where the texts have mistakes. */
  async load(texts: Texts): Promise<Configuration> {
    const { configuration, diagnostics } = await loadTexts(texts, this.runtime);
    if (!configuration) throw new Error(tell(diagnostics, texts));
    return configuration;
  }

  /** Throws where the plan is refused. */
  async plan(texts: Texts, destroy = false): Promise<Plan> {
    return this.#plan(await this.load(texts), await this.#snapshot(), texts, destroy);
  }

  /** Throws where anything failed. */
  async apply(texts: Texts, destroy = false, parallelism = 10): Promise<Applied> {
    const configuration = await this.load(texts);
    const snapshot = await this.#snapshot();
    const plan = await this.#plan(configuration, snapshot, texts, destroy);
    const { store, connection, runtime } = this;
    const applied = await applyPlan({
      plan,
      configuration,
      snapshot,
      store,
      provider: openstack,
      connection,
      runtime,
      run: "run",
      parallelism,
      onEvent: () => {},
    });
    const [failure] = applied.failures;
    if (failure) throw new Error(JSON.stringify(failure.address), { cause: failure.error });
    return applied;
  }

  async #snapshot(): Promise<Snapshot> {
    return (await this.store.read()) ?? emptySnapshot("lineage");
  }

  async #plan(
    configuration: Configuration,
    snapshot: Snapshot,
    texts: Texts,
    destroy: boolean,
  ): Promise<Plan> {
    const { connection, runtime } = this;
    const request = { configuration, snapshot, provider: openstack, connection, runtime };
    const plan = await makePlan({ ...request, destroy, replace: [] });
    if (hasErrors(plan.diagnostics)) throw new Error(tell(plan.diagnostics, texts));
    return plan;
  }
}

/** What a plan would do, in short; nothing where it is empty. */
export function pending({ changes, drift, interrupted }: Plan): readonly unknown[] {
  return [
    ...changes
      .filter((it) => it.action !== "no-op")
      .map(({ action, address, reason, attributes }) => ({ action, address, reason, attributes })),
    ...drift.map(({ address, attributes }) => ({ drift: address, attributes })),
    ...interrupted,
  ];
}

function tell(diagnostics: readonly Diagnostic[], texts: Texts): string {
  return JSON.stringify(
    { diagnostics: diagnostics.filter((it) => it.severity === "error"), texts },
    null,
    1,
  );
}
