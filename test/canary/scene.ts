import type { ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Test } from "tap";
import { stringify } from "yaml";
import { startSandbox } from "../../providers/sandbox/server.js";
import { runCli } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";
import { ACCEPTED, cloudsFor } from "./clouds.js";
import { type EchoingCloud, type EchoingCloudOptions, startEchoingCloud } from "./echoing-cloud.js";
import { Evidence, type Setting } from "./evidence.js";
import { type ProgramOptions, type Ran, runProgram, type Typed } from "./program.js";

const PRELOAD = fileURLToPath(new URL("preload.mjs", import.meta.url));

/** Where the program thinks that it is at home. */
const HOMES = {
  HOME: "home",
  TMPDIR: "tmp",
  XDG_CONFIG_HOME: "home/config",
  XDG_CACHE_HOME: "home/cache",
  XDG_DATA_HOME: "home/data",
  XDG_STATE_HOME: "home/state",
};

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Standard output is a secret of these owners, as asked for. */
  readonly tells?: readonly string[];
  /** It runs in this process, which is faster; what it writes and does not keep goes unseen. */
  readonly within?: true;
  /** It runs on a terminal, where this is typed. */
  readonly types?: Typed;
  /** This is sent once the cloud gets such a request. */
  readonly killed?: { readonly at: RegExp; readonly by: NodeJS.Signals };
}

/** A user with folders of their own and a cloud of their own, and all that the program writes and prints there. */
export interface Scene {
  readonly t: Test;
  readonly root: string;
  /** The configuration's folder. */
  readonly work: string;
  readonly cloud: EchoingCloud;
  readonly evidence: Evidence;
  /** Writes what a user would write, and answers its path. */
  give(name: string, text: string): string;
  run(argv: readonly string[], options?: RunOptions): Promise<number | null>;
  /** Runs and expects it to succeed. */
  succeeds(argv: readonly string[], options?: RunOptions): Promise<void>;
  /** Runs and expects it not to. */
  fails(argv: readonly string[], options?: RunOptions): Promise<void>;
}

export async function openScene(
  t: Test,
  { tls, ...setting }: Setting & Pick<EchoingCloudOptions, "tls">,
): Promise<Scene> {
  const [root, aside] = [temporaryFolder(t), temporaryFolder(t)];
  const work = join(root, "work");
  for (const name of ["work", "given", "taken", ...Object.values(HOMES)])
    mkdirSync(join(root, name), { recursive: true });
  const sandbox = await startSandbox();
  t.teardown(() => sandbox.close());
  const { origin: target, pathname } = new URL(sandbox.authUrl);
  const cloud = await startEchoingCloud(t, {
    target,
    accepted: ACCEPTED,
    ...(tls && { tls }),
  });
  const evidence = new Evidence(setting, root);
  const give = (name: string, text: string) => {
    const path = join(root, "given", name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const clouds = give(
    "clouds.yaml",
    stringify({ clouds: cloudsFor(`${cloud.origin}${pathname}`) }),
  );
  if (setting.configuration !== undefined)
    writeFileSync(join(work, "portcullis.yaml"), setting.configuration);
  let runs = 0;
  const run = async (argv: readonly string[], options: RunOptions = {}) => {
    const recording = join(aside, `${++runs}.ndjson`);
    const env = {
      PATH: String(process.env.PATH),
      OS_CLIENT_CONFIG_FILE: clouds,
      NODE_OPTIONS: `--import=${PRELOAD}`,
      PORTCULLIS_CANARY: recording,
      TERM: "xterm-256color",
      ...Object.fromEntries(Object.entries(HOMES).map(([name, it]) => [name, join(root, it)])),
      ...options.env,
    };
    const { killed, types, within } = options;
    let isKilled = false;
    const kill = (child: ChildProcess, by: NodeJS.Signals) => {
      isKilled = child.kill(by);
    };
    const ran = await (within ? runWithin : runProgram)(argv, {
      cwd: work,
      env,
      ...(types && { types }),
      ...(killed && { onStart: (child) => cloud.at(killed.at, () => kill(child, killed.by)) }),
    });
    if (killed) t.ok(isKilled, `${setting.name}: ${argv.join(" ")} was sent ${killed.by}`);
    evidence.add({ label: `${runs}: ${argv.join(" ")}`, argv, ran, env, recording, options });
    return ran.code;
  };
  const told = (argv: readonly string[]) => `${setting.name}: ${argv.join(" ")}`;
  return {
    t,
    root,
    work,
    cloud,
    evidence,
    give,
    run,
    succeeds: async (argv, options) => {
      const code = await run(argv, options);
      t.equal(code, 0, `${told(argv)}${code === 0 ? "" : `\n${evidence.last().slice(-600)}`}`);
    },
    fails: async (argv, options) => {
      t.not(await run(argv, options), 0, told(argv));
    },
  };
}

async function runWithin(argv: readonly string[], { cwd, env }: ProgramOptions): Promise<Ran> {
  const { code, stdout, stderr } = await runCli(argv, { cwd, env, hurried: true });
  return { code, stdout: Buffer.from(stdout), stderr: Buffer.from(stderr) };
}
