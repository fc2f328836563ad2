/**
 * `npm run demo`: validates, plans and applies an example on the embedded cloud, in a folder of its
 * own that stays. Ends with the exit code 1 where a command does not end as it should.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const EXAMPLE = "04-bastion";
const project = fileURLToPath(new URL("../", import.meta.url));
const program = join(project, "dist", "engine", "cli", "bin.js");
const folder = mkdtempSync(join(tmpdir(), "portcullis-demo-"));

/** With `--detailed-exitcode` a plan ends with 0 only where there is nothing to do. */
const STEPS = [
  ["validate"],
  ["plan"],
  ["apply", "--auto-approve"],
  ["plan", "--detailed-exitcode"],
];

const say = (line) => process.stdout.write(`${line}\n`);
const complain = (line) => process.stderr.write(`${line}\n`);

/** Runs one command line, which may write to the terminal; answers its exit code. */
function run(argv) {
  say(`\n$ portcullis ${argv.join(" ")}`);
  const { status, error } = spawnSync(process.execPath, [program, ...argv], {
    cwd: folder,
    stdio: "inherit",
  });
  if (error) complain(error.message);
  return status ?? 1;
}

cpSync(join(project, "examples", EXAMPLE), folder, { recursive: true });
say(`The example ${EXAMPLE}, copied to ${folder}:`);
const failed = STEPS.find((argv) => run(argv) !== 0);
if (failed) {
  complain(`\nThe demo failed at: portcullis ${failed.join(" ")}`);
  process.exitCode = 1;
} else {
  say(`\nApplied, and nothing is left to do. The folder stays: ${folder}`);
  say(`Go on there: node ${program} drift --dir ${folder}`);
}
