import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Test } from "tap";
import { type Ended, runCli } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";
import type { AcceptanceCloud, StartCloud } from "./cloud.js";

/** A configuration under test on a cloud. */
export interface Bench {
  readonly cloud: AcceptanceCloud;
  readonly cwd: string;
  /** Writes the configuration. */
  declare(yaml: string): void;
  run(...argv: readonly string[]): Promise<Ended>;
  /** Applies, and insists that it succeeds. */
  apply(): Promise<Ended>;
  /** Insists that a plan has nothing to do. */
  planIsEmpty(): Promise<void>;
}

/** A folder for the configuration, and the cloud; what was applied is destroyed afterwards. */
export async function benchOn(t: Test, start: StartCloud): Promise<Bench> {
  const cloud = await start(t);
  const cwd = temporaryFolder(t);
  const run = (...argv: readonly string[]) =>
    runCli([...argv, ...cloud.options], { cwd, env: cloud.env });
  const bench: Bench = {
    cloud,
    cwd,
    run,
    declare: (yaml) => writeFileSync(join(cwd, "main.yaml"), yaml),
    apply: async () => {
      const ended = await run("apply", "--auto-approve");
      t.equal(ended.code, 0, `apply: ${ended.stdout}${ended.stderr}`);
      return ended;
    },
    planIsEmpty: async () => {
      const ended = await run("plan", "--detailed-exitcode");
      t.equal(ended.code, 0, `the plan is empty: ${ended.stdout}${ended.stderr}`);
    },
  };
  t.teardown(() => run("destroy", "--auto-approve"));
  return bench;
}
