import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Lab, startLab } from "./openstack-lab/lab.js";

/**
 * `npm run test:openstack`: the tests of test/openstack, or those named, with one lab for all of
 * them. Other arguments are tap's.
 */
const args = process.argv.slice(2);
process.stderr.write("Starting the OpenStack lab; a first start installs its packages.\n");
const lab = await startLab();
if ("skipped" in lab) tellSkipped(lab.skipped);
else process.exitCode = await runTests(lab).finally(lab.stop);

async function runTests(lab: Lab): Promise<number> {
  const isNamed = args.some((it) => it.endsWith(".ts"));
  const files = isNamed ? [] : ["test/openstack/*.test.ts"];
  const folder = mkdtempSync(join(tmpdir(), "portcullis-openstack-"));
  const report = join(folder, "fidelity");
  const env = {
    ...process.env,
    PORTCULLIS_LAB_DIR: lab.folder,
    PORTCULLIS_FIDELITY_REPORT: report,
  };
  const options = ["--jobs=1", "--timeout=900", ...args];
  const tap = spawn("tap", [...options, ...files], { env, stdio: "inherit" });
  const [code] = await once(tap, "exit");
  // Whatever reporter is chosen, how many answers were compared is told.
  if (existsSync(report)) process.stdout.write(readFileSync(report, "utf8"));
  rmSync(folder, { recursive: true });
  return typeof code === "number" ? code : 1;
}

/** As tap would report it, so that it is counted. */
function tellSkipped(reason: string): void {
  const report = `TAP version 14\nok 1 - the tests on a real OpenStack # SKIP ${reason}\n1..1\n`;
  const file = args.find((it) => it.startsWith("--output-file="))?.slice("--output-file=".length);
  if (file) writeFileSync(file, report);
  process.stdout.write(report);
}
