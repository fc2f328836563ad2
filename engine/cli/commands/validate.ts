import { hasErrors } from "../../model/diagnostic.js";
import { validate } from "../../planning/validate.js";
import { diagnosticJson } from "../../ui/diagnostic-json.js";
import { FORMAT_VERSION } from "../../ui/json-format.js";
import { readConfiguration } from "../configuration.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { ConfigurationOptions } from "../options.js";
import { printDiagnostics, printJson, printLine } from "../print.js";
import type { World } from "../world.js";

export interface ValidateOptions extends ConfigurationOptions {
  readonly json?: boolean;
}

/** `portcullis validate`: every mistake that can be told without a cloud. */
export async function validateCommand(world: World, options: ValidateOptions): Promise<ExitCode> {
  const { loaded, files, diagnostics: read } = await readConfiguration(world, options);
  const further = loaded
    ? await validate(loaded.configuration, loaded.provider, world.runtime(loaded.folder))
    : [];
  const diagnostics = [...read, ...further];
  const valid = !hasErrors(diagnostics);
  if (options.json) {
    const found = diagnostics.map(diagnosticJson);
    printJson(world, { format_version: FORMAT_VERSION, valid, diagnostics: found });
  } else {
    printDiagnostics(world, diagnostics, files);
    const { length = 0 } = loaded?.configuration.resources ?? {};
    if (valid) {
      printLine(world, `The configuration is valid: ${length} resource${length === 1 ? "" : "s"}.`);
    }
  }
  return valid ? EXIT.ok : EXIT.error;
}
