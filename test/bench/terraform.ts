import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parse, stringify } from "yaml";
import { rawSession } from "../helpers/raw-client.js";
import type { Cost } from "./command.js";
import { type CountingProxy, startCountingProxy } from "./counting-proxy.js";
import type { Declared } from "./scenario.js";
import { writeHcl } from "./write-hcl.js";

/** GNU time: what a command and its children cost, where it is installed. */
const TIME = "/usr/bin/time";

/** Terraform with its OpenStack provider, at a cloud whose requests are counted. */
export interface Terraform {
  /** Writes the configuration. */
  declare(declared: Declared): void;
  run(...argv: readonly string[]): Promise<Cost>;
  close(): Promise<void>;
}

export interface TerraformOptions {
  readonly cloudsFile: string;
  readonly cloud: string;
  /** Where its folder is made. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Ready to run, or why it cannot: it is not on the PATH, or its provider is not to be had. */
export async function openTerraform(
  options: TerraformOptions,
): Promise<Terraform | { readonly skipped: string }> {
  const { cloud, env } = options;
  if (!isOnPath("terraform", env)) return { skipped: "no terraform on the PATH" };
  const cwd = mkdtempSync(join(options.folder, "terraform-"));
  const { proxy, cloudsFile } = await proxied(options, cwd);
  const whole = { ...env, OS_CLIENT_CONFIG_FILE: cloudsFile, CHECKPOINT_DISABLE: "1" };
  const declare = (declared: Declared) =>
    writeFileSync(join(cwd, "main.tf"), writeHcl(declared, cloud));
  const close = async () => {
    await proxy.close();
    rmSync(cwd, { recursive: true, force: true });
  };
  declare({ groups: [], keyPairs: [], credentials: [] });
  const init = await execute(["init", "-input=false", "-no-color"], cwd, whole);
  if (init.code !== 0) {
    await close();
    const told = /Error: (.*)/u.exec(init.errors)?.[1] ?? init.errors.trim();
    return { skipped: `terraform init: ${told}` };
  }
  const run = async (...argv: readonly string[]): Promise<Cost> => {
    proxy.take();
    const began = performance.now();
    const ended = await execute([...argv, "-input=false", "-no-color"], cwd, whole);
    const wall = (performance.now() - began) / 1000;
    if (ended.code !== 0) throw new Error(`terraform ${argv.join(" ")}: ${ended.errors}`);
    return { requests: proxy.take(), wall, ...ended.used };
  };
  return { declare, run, close };
}

/** The cloud's entry with an address that counts. */
async function proxied(
  { cloudsFile, cloud }: TerraformOptions,
  folder: string,
): Promise<{ readonly proxy: CountingProxy; readonly cloudsFile: string }> {
  const session = await rawSession(cloudsFile, cloud);
  const identity = session.login.authUrl;
  const proxy = await startCountingProxy(
    [identity, session.compute, session.network].map((url) => new URL(url).origin),
  );
  const file: { clouds: Record<string, { auth: Record<string, string> }> } = parse(
    readFileSync(cloudsFile, "utf8"),
  );
  const entry = file.clouds[cloud];
  const { origin } = new URL(identity);
  const url = identity.replace(origin, proxy.originFor(origin));
  const counted = { ...entry, auth: { ...entry?.auth, auth_url: url } };
  const path = join(folder, "clouds.yaml");
  writeFileSync(path, stringify({ clouds: { [cloud]: counted } }));
  return { proxy, cloudsFile: path };
}

interface Executed {
  readonly code: number | null;
  readonly errors: string;
  /** Of its largest process, and of all of them; nothing where GNU time is not there. */
  readonly used: Pick<Cost, "cpu" | "memory">;
}

async function execute(
  argv: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Executed> {
  const report = join(cwd, "usage");
  const [command = "", ...rest] = existsSync(TIME)
    ? [TIME, "-f", "%U %S %M", "-o", report, "terraform", ...argv]
    : ["terraform", ...argv];
  const child = spawn(command, rest, { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
  const errors: string[] = [];
  child.stderr?.on("data", (chunk) => errors.push(String(chunk)));
  await once(child, "close");
  return { code: child.exitCode, errors: errors.join(""), used: usageIn(report) };
}

/** Its last line: a failed command has one before it. */
function usageIn(report: string): Pick<Cost, "cpu" | "memory"> {
  if (!existsSync(report)) return { cpu: Number.NaN, memory: Number.NaN };
  const line = readFileSync(report, "utf8").trim().split("\n").at(-1) ?? "";
  const [user = 0, system = 0, kilobytes = 0] = line.split(" ").map(Number);
  return { cpu: user + system, memory: kilobytes / 1024 };
}

function isOnPath(command: string, env: NodeJS.ProcessEnv): boolean {
  return (env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, command)));
}
