import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { type Sandbox, startSandbox } from "../../providers/sandbox/server.js";
import { type RawSession, rawSession } from "../helpers/raw-client.js";

/** The cloud under the runs that are killed. */
export interface CrashCloud {
  readonly env: Readonly<Record<string, string>>;
  /** What makes a command use it. */
  readonly options: readonly string[];
  /** Starts it from what the stage's folder keeps of it, and ends what ran before. */
  open(stage: string): Promise<void>;
  close(): Promise<void>;
  /** A log-in past Portcullis, while it is open. */
  session(): Promise<RawSession>;
}

/** An embedded cloud as a server of its own, always at the same address. `folder` is for its clouds.yaml. */
export function serverOfItsOwn(folder: string): CrashCloud {
  const clouds = join(folder, "clouds.yaml");
  let port = 0;
  let running: Sandbox | undefined;
  const close = async () => {
    const ending = running;
    running = undefined;
    await ending?.close();
  };
  return {
    env: { OS_CLIENT_CONFIG_FILE: clouds },
    options: ["--cloud", "sandbox"],
    open: async (stage) => {
      await close();
      running = await startSandbox({ dataFile: join(stage, "cloud.json"), port });
      port = Number(new URL(running.authUrl).port);
      writeFileSync(clouds, stringify({ clouds: running.clouds }));
    },
    close,
    session: () => rawSession(clouds, "sandbox"),
  };
}
