/**
 * `npm run audit`: what the npm registry knows against the installed packages, and whether it signed
 * them. Ends with the exit code 1 for findings; a registry that cannot be asked is told and no failure.
 */
import { spawnSync } from "node:child_process";

const say = (line) => process.stdout.write(`${line}\n`);

/** The JSON that an npm command prints; undefined where it prints none. */
function answerOf(...argv) {
  const { stdout } = spawnSync("npm", [...argv, "--json"], { encoding: "utf8" });
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

const advisories = answerOf("audit")?.metadata?.vulnerabilities;
if (advisories === undefined) say("Advisories: not checked, the registry cannot be asked.");
else say(`Advisories: ${advisories.total}. npm audit shows them.`);

const { invalid, missing } = answerOf("audit", "signatures") ?? {};
if (invalid === undefined) say("Signatures: not checked, the registry cannot be asked.");
else say(`Signatures: ${invalid.length} wrong, ${missing.length} missing.`);

if ((advisories?.total ?? 0) + (invalid?.length ?? 0) + (missing?.length ?? 0) > 0) {
  process.exitCode = 1;
}
