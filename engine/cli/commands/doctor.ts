import { OutsideError } from "../../model/errors.js";
import type { Finding } from "../../model/finding.js";
import { findingsJson } from "../../ui/finding-json.js";
import { findingRows, verdictRow } from "../../ui/finding-rows.js";
import { BLANK } from "../../ui/row.js";
import { withSettings } from "../connection.js";
import { EXIT, type ExitCode, exitCodeOf } from "../exit-codes.js";
import type { CloudOptions } from "../options.js";
import { printJson, printRows } from "../print.js";
import { openTarget } from "../target.js";
import type { World } from "../world.js";

export interface DoctorOptions extends CloudOptions {
  readonly json?: boolean;
}

/** `portcullis doctor`: what is found on the way to the cloud, each step as it is made. */
export async function doctorCommand(world: World, options: DoctorOptions): Promise<ExitCode> {
  const target = await openTarget(world, options);
  if (!target) return EXIT.error;
  const { provider } = target;
  const findings: Finding[] = [];
  await withSettings(world, target, options, async (settings, runtime) => {
    if (!provider.diagnose)
      throw new OutsideError("unsupported", `${provider.name} has no doctor.`);
    for await (const finding of provider.diagnose(settings, runtime)) {
      findings.push(finding);
      if (!options.json) await printRows(world, findingRows(finding));
    }
  });
  if (options.json) printJson(world, findingsJson(findings));
  else await printRows(world, [BLANK, verdictRow(findings)]);
  return exitCodeFor(findings);
}

function exitCodeFor(findings: readonly Finding[]): ExitCode {
  const failed = findings.find((finding) => finding.status === "failed");
  if (!failed) return EXIT.ok;
  return failed.code === "unauthenticated" ? exitCodeOf(failed.code) : EXIT.error;
}
