import { resolve } from "node:path";
import { providers } from "../../../providers/registry.js";
import { verifyState } from "../../../state/verify.js";
import { findingsJson } from "../../ui/finding-json.js";
import { findingRows, verdictRow } from "../../ui/finding-rows.js";
import { BLANK } from "../../ui/row.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { StateOptions } from "../options.js";
import { stateKeys } from "../passphrase.js";
import { printJson, printRows } from "../print.js";
import { statePath } from "../state.js";
import type { World } from "../world.js";

export interface StateVerifyOptions extends StateOptions {
  readonly json?: boolean;
}

/** `portcullis state verify`: whether the state keeps all that it promises; changes nothing. */
export async function stateVerifyCommand(
  world: World,
  options: StateVerifyOptions,
): Promise<ExitCode> {
  const folder = resolve(world.cwd, options.dir);
  const { platform, files } = world.runtime(folder);
  const path = statePath(world, options);
  const findings = await verifyState(path, stateKeys(world), providers, {
    platform,
    site: { folder, files },
  });
  if (options.json) printJson(world, findingsJson(findings));
  else {
    const rows = findings.flatMap((it) => findingRows(it));
    await printRows(world, [...rows, BLANK, verdictRow(findings)]);
  }
  return findings.some(({ status }) => status === "failed") ? EXIT.error : EXIT.ok;
}
