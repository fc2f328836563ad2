import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Test } from "tap";
import { isObject } from "../../engine/model/value.js";
import type { SandboxOptions } from "../../providers/sandbox/server.js";
import { type CliOptions, type Ended, runCli } from "./cli.js";
import { temporaryFolder } from "./example.js";
import { type SandboxCloud, startSandboxCloud } from "./sandbox-cloud.js";

/** A folder with a configuration for an embedded cloud of its own. */
export interface CliBench {
  readonly cloud: SandboxCloud;
  readonly cwd: string;
  /** The options and environment that point a command at the cloud. */
  readonly env: Readonly<Record<string, string>>;
  write(path: string, text: string): void;
  read(path: string): string;
  /** The state as it is on disk. */
  state(): Readonly<Record<string, unknown>>;
  run(argv: readonly string[], options?: Partial<CliOptions>): Promise<Ended>;
  /** Runs it and insists on the exit code. */
  expect(code: number, ...argv: readonly string[]): Promise<Ended>;
}

/** Commands run with OS_CLOUD, so that those which take no `--cloud` run as well. */
export async function cliBench(
  t: Test,
  yaml: string,
  options: SandboxOptions = {},
): Promise<CliBench> {
  const cloud = await startSandboxCloud(t, options);
  const cwd = temporaryFolder(t);
  const env = { ...cloud.env, OS_CLOUD: "sandbox", HOME: cwd };
  const read = (path: string) => readFileSync(join(cwd, path), "utf8");
  const run = (argv: readonly string[], more: Partial<CliOptions> = {}) =>
    runCli(argv, { cwd, hurried: true, ...more, env: { ...env, ...more.env } });
  const bench: CliBench = {
    cloud,
    cwd,
    env,
    read,
    run,
    write: (path, text) => writeFileSync(join(cwd, path), text),
    state: () => {
      const state: unknown = JSON.parse(read("portcullis.state.json"));
      return isObject(state) ? state : {};
    },
    expect: async (code, ...argv) => {
      const ended = await run(argv);
      t.equal(ended.code, code, `${argv.join(" ")}: ${ended.stdout}${ended.stderr}`);
      return ended;
    },
  };
  bench.write("main.yaml", yaml);
  return bench;
}
