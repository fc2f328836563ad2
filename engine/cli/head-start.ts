import { resolve } from "node:path";
import type { Outline } from "../config/outline.js";
import type { Connection } from "../model/connection.js";
import type { Runtime } from "../model/runtime.js";
import { equalJson, type JsonObject } from "../model/value.js";
import { type LoadedConfiguration, providerNamed } from "./configuration.js";
import { connected, during, runtimeFor, settingsOf } from "./connection.js";
import type { CloudOptions } from "./options.js";
import type { World } from "./world.js";

/** A log-in that was begun. */
interface Begun {
  /** As the provider block has them. */
  readonly declared: JsonObject;
  readonly connection: Promise<Connection>;
}

/** The first request of a connection. */
interface Start {
  readonly started: () => void;
  readonly underWay: Promise<void>;
}

/** What has come of the state since the lists were read. */
interface Meanwhile {
  readonly permit?: Runtime["permit"];
  /** The lists may be older than what the state tells. */
  readonly isStale?: boolean;
}

/**
 * Logs in, and lists what is declared, while the configuration is still being read. The user is asked
 * nothing before the connection is wanted; without that everything is ended.
 */
export class HeadStart {
  readonly #world: World;
  readonly #options: CloudOptions;
  readonly #before: (() => Promise<unknown>) | undefined;
  #permit: Runtime["permit"];
  readonly #dropped = new AbortController();
  #begun: Begun | undefined;
  #want: () => void = () => {};
  readonly #wanted = new Promise<void>((resolve) => {
    this.#want = resolve;
  });

  /** The lists are read after `before`, which they must not be older than; without it not ahead. */
  constructor(world: World, options: CloudOptions, before?: () => Promise<unknown>) {
    this.#world = world;
    this.#options = options;
    this.#before = before;
  }

  /** Resolves once the first request is on its way, or waits for the user, and the rest is at hand. */
  readonly begin = async ({ provider, types }: Outline): Promise<void> => {
    const settings = settingsOf(provider.settings, this.#options);
    // The embedded cloud would need this very processor.
    if (settings.sandbox === true) return;
    let started = () => {};
    const underWay = new Promise<void>((resolve) => {
      started = resolve;
    });
    const connection = this.#connect(provider.name, settings, types, { started, underWay });
    this.#begun = { declared: provider.settings, connection };
    connection.then(started, started);
    await underWay;
    // Now, for then the lists wait for the log-in alone.
    if (this.#before) await isRejected(this.#before());
  };

  /** Does the work with the connection that was begun, or with a new one where that is to another cloud. */
  async connected<T>(
    loaded: LoadedConfiguration,
    work: (connection: Connection) => Promise<T>,
    { permit, isStale = false }: Meanwhile = {},
  ): Promise<T> {
    this.#permit = permit;
    const begun = this.#take(loaded.configuration.provider.settings);
    if (!begun) return connected(this.#world, loaded, this.#options, work, permit);
    const { lists, ...connection } = await begun;
    return during({ ...connection, ...(lists && !isStale && { lists }) }, work);
  }

  /** The connection, where one was begun for these settings; then it is the caller's to close. */
  #take(settings: JsonObject): Promise<Connection> | undefined {
    const begun = this.#begun;
    if (!begun || !equalJson(begun.declared, settings)) return undefined;
    this.#begun = undefined;
    this.#want();
    return begun.connection;
  }

  /** Ends what nobody took. */
  drop(): void {
    if (!this.#begun) return;
    this.#dropped.abort();
    const { connection } = this.#begun;
    this.#begun = undefined;
    connection.then(
      ({ close }) => close(),
      () => {},
    );
  }

  async #connect(
    name: string,
    settings: JsonObject,
    types: ReadonlySet<string>,
    { started, underWay }: Start,
  ): Promise<Connection> {
    const { signal } = this.#dropped;
    const provider = providerNamed(name);
    const logIn = provider.connect(settings, this.#runtime(started), { signal, started });
    const before = this.#before && handled(underWay.then(this.#before));
    const connection = await logIn;
    if (!before) return connection;
    if ((await isRejected(before)) || signal.aborted) return connection;
    const declared = provider.types.filter(({ name }) => types.has(name));
    const lists = new Map(
      declared.map((type) => [type.name, handled(type.list(connection.cloud))] as const),
    );
    return { ...connection, lists };
  }

  #runtime(started: () => void): Runtime {
    const folder = resolve(this.#world.cwd, this.#options.dir);
    const runtime = runtimeFor(this.#world, folder, this.#options);
    const { ask } = runtime;
    const { signal } = this.#dropped;
    return {
      ...runtime,
      permit: async () => this.#permit?.(),
      ...(ask && {
        ask: async (question, options) => {
          started();
          await this.#wanted;
          return ask(question, options);
        },
      }),
      clock: {
        ...runtime.clock,
        sleep: (milliseconds, other) =>
          runtime.clock.sleep(milliseconds, other ? AbortSignal.any([signal, other]) : signal),
      },
    };
  }
}

/** Its failure is told to whoever takes it, and to nobody where nobody does. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

function isRejected(promise: Promise<unknown>): Promise<boolean> {
  return promise.then(
    () => false,
    () => true,
  );
}
