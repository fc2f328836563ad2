import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { SANDBOX_FILE } from "../../engine/cli/options.js";
import { type Sandbox, startSandbox } from "../../providers/sandbox/server.js";
import { type RawSession, rawSession } from "../helpers/raw-client.js";

/** The cloud under the runs that are killed. */
export interface CrashCloud {
  readonly env: Readonly<Record<string, string>>;
  /** What makes a command use it. */
  readonly options: readonly string[];
  /** Whether it stays as it is when the stage is set anew, so that what was made must be destroyed. */
  readonly isReal: boolean;
  /** Starts it from what the stage's folder keeps of it. */
  open(stage: string): Promise<void>;
  close(): Promise<void>;
  /** Looks into it past Portcullis, between two runs. */
  visit<T>(work: (session: RawSession) => Promise<T>): Promise<T>;
}

/** An embedded cloud as a server of its own, always at the same address. `folder` is for its clouds.yaml. */
export function serverOfItsOwn(folder: string): CrashCloud {
  const clouds = join(folder, "clouds.yaml");
  let port = 0;
  let running: Sandbox | undefined;
  return {
    env: { OS_CLIENT_CONFIG_FILE: clouds },
    options: ["--cloud", "sandbox"],
    isReal: false,
    open: async (stage) => {
      running = await startSandbox({ dataFile: join(stage, "cloud.json"), port });
      port = Number(new URL(running.authUrl).port);
      writeFileSync(clouds, stringify({ clouds: running.clouds }));
    },
    close: async () => {
      const ending = running;
      running = undefined;
      await ending?.close();
    },
    visit: async (work) => work(await rawSession(clouds, "sandbox")),
  };
}

/** The embedded cloud as the examples have it: within each run, and killed with it. */
export function withinTheRun(): CrashCloud {
  let configuration = "";
  return {
    env: {},
    options: ["--sandbox"],
    isReal: false,
    open: async (stage) => {
      configuration = join(stage, "configuration");
    },
    close: async () => {},
    visit: async (work) => {
      const sandbox = await startSandbox({ dataFile: join(configuration, SANDBOX_FILE) });
      const folder = mkdtempSync(join(tmpdir(), "portcullis-visit-"));
      const clouds = join(folder, "clouds.yaml");
      writeFileSync(clouds, stringify({ clouds: sandbox.clouds }));
      try {
        return await work(await rawSession(clouds, "sandbox"));
      } finally {
        await sandbox.close();
        rmSync(folder, { recursive: true });
      }
    },
  };
}

/** A cloud that is there already. */
export function realCloud(cloudsFile: string, name: string): CrashCloud {
  return {
    env: { OS_CLIENT_CONFIG_FILE: cloudsFile },
    options: ["--cloud", name],
    isReal: true,
    open: async () => {},
    close: async () => {},
    visit: async (work) => work(await rawSession(cloudsFile, name)),
  };
}
