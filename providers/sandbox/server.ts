import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { JsonObject } from "../../engine/model/value.js";
import { createApp, type Hooks } from "./app.js";
import type { Cloud } from "./cloud.js";
import { cloudsFor } from "./clouds.js";
import { chooseExtensions } from "./neutron/extensions.js";
import { seed } from "./seed.js";
import { memoryJournal, openJournal } from "./store/journal.js";
import { openTables } from "./tables.js";

export interface SandboxOptions extends Hooks {
  /** Where the cloud is kept; absent: in memory. */
  readonly dataFile?: string;
  /** Of 127.0.0.1; any free one by default. */
  readonly port?: number;
  readonly now?: () => Date;
  /** No limits by default; -1 is none. */
  readonly quotas?: {
    /** Of each user. */
    readonly keyPairs?: number;
    /** Of each project, its default group among them. */
    readonly securityGroups?: number;
    /** Of each project, those of its default group among them. */
    readonly securityGroupRules?: number;
  };
  /**
   * Extensions of Neutron that are there or not, by alias, other than in Zed. Without
   * `address-group` there are no address groups, and without those of single attributes nothing has
   * them (`neutron/offered.ts`); with `security-groups-default-rules` administrators decide on the
   * rules of new groups. Of any other only the listing changes.
   */
  readonly extensions?: Readonly<Record<string, boolean>>;
  /** How long a page of Nova's or Neutron's lists is at the most, as their operators decide it. */
  readonly pageLimit?: number;
  /** How long a token is valid; an hour by default. */
  readonly tokenSeconds?: number;
}

/** A running cloud. */
export interface Sandbox {
  readonly authUrl: string;
  /** The `clouds` mapping of a clouds.yaml: `sandbox`, `sandbox-admin`, `-demo2` and `-reader`. */
  readonly clouds: JsonObject;
  /** Ends it at once; what was answered is kept. */
  close(): Promise<void>;
}

/**
 * Starts a small cloud on this machine: Keystone, Nova's key pairs and Neutron's security groups.
 * Throws `file-error` where its data are in use or cannot be read, and what `listen` throws.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { dataFile } = options;
  const journal = dataFile === undefined ? memoryJournal() : openJournal(dataFile);
  try {
    const tables = openTables(journal);
    const extensions = chooseExtensions(options.extensions ?? {});
    seed(tables, extensions);
    journal.commit();
    const urls = { identity: "", compute: "", network: "" };
    const cloud: Cloud = {
      now: options.now ?? (() => new Date()),
      urls,
      quotas: { keyPairs: -1, securityGroups: -1, securityGroupRules: -1, ...options.quotas },
      tokenSeconds: options.tokenSeconds ?? 3600,
      pageLimit: options.pageLimit ?? 0,
      extensions,
      tables,
      numbers: numbersAfter([
        ...tables.rules.all().map((it) => it.number),
        ...tables.keyPairs.all().map((it) => it.number),
      ]),
      tokens: new Map(),
    };
    const app = createApp(cloud, journal, options);
    const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
    if (!("closeAllConnections" in server)) throw new TypeError("an HTTP/1 server is expected");
    const port = await listen(server, options.port ?? 0);
    const base = `http://127.0.0.1:${port}`;
    urls.identity = `${base}/identity`;
    urls.compute = `${base}/compute`;
    urls.network = `${base}/networking`;
    const authUrl = `${urls.identity}/v3`;
    return {
      authUrl,
      clouds: cloudsFor(authUrl),
      close: async () => {
        await stop(server);
        journal.close();
      },
    };
  } catch (error) {
    journal.close();
    throw error;
  }
}

function numbersAfter(taken: readonly number[]): { next(): number } {
  let last = taken.reduce((a, b) => Math.max(a, b), 0);
  return { next: () => ++last };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
