/**
 * `npm run audit`: what the npm registry knows against the installed packages, and whether it signed
 * them. Ends with the exit code 1 for findings, and with 77 where the registry could not be asked:
 * neither passed nor failed. AUDIT_SECONDS is how long each of the two questions may take.
 */
import { spawnSync } from "node:child_process";

const SECONDS = Number(process.env.AUDIT_SECONDS ?? 60);
const NOT_CHECKED = 77;

const say = (line) => process.stdout.write(`${line}\n`);

/** The JSON that an npm command prints; undefined where it prints none in time. */
function answerOf(...argv) {
  const { stdout } = spawnSync("npm", [...argv, "--json", "--fetch-retries=0"], {
    encoding: "utf8",
    timeout: SECONDS * 1000,
    killSignal: "SIGKILL",
  });
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

const advisories = answerOf("audit")?.metadata?.vulnerabilities;
if (advisories === undefined) say("Advisories: NOT CHECKED, the registry cannot be asked.");
else say(`Advisories: ${advisories.total}. npm audit shows them.`);

const { invalid, missing } = answerOf("audit", "signatures") ?? {};
if (invalid === undefined) say("Signatures: NOT CHECKED, the registry cannot be asked.");
else say(`Signatures: ${invalid.length} wrong, ${missing.length} missing.`);

if ((advisories?.total ?? 0) + (invalid?.length ?? 0) + (missing?.length ?? 0) > 0) {
  process.exitCode = 1;
} else if (advisories === undefined || invalid === undefined) {
  process.exitCode = NOT_CHECKED;
}
