import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { BIN } from "./command.js";

/** The embedded cloud in a process of its own, with its data in the folder. */
export async function startCloudProcess(folder: string): Promise<{
  readonly env: Readonly<Record<string, string>>;
  stop(): void;
}> {
  const clouds = join(folder, "bench-clouds.yaml");
  const child = spawn(process.execPath, [BIN, "sandbox", "--port", "0", "--clouds", clouds], {
    cwd: folder,
    stdio: "ignore",
  });
  while (!existsSync(clouds)) {
    if (child.exitCode !== null) throw new Error("the embedded cloud did not start");
    await setTimeout(20);
  }
  return { env: { OS_CLIENT_CONFIG_FILE: clouds }, stop: () => child.kill() };
}
