import { validate } from "../../planning/validate.js";
import { openConfiguration } from "../configuration.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { ConfigurationOptions } from "../options.js";
import { printDiagnostics, printLine } from "../print.js";
import type { World } from "../world.js";

/** `portcullis validate`: every mistake that can be told without a cloud. */
export async function validateCommand(
  world: World,
  options: ConfigurationOptions,
): Promise<ExitCode> {
  const loaded = await openConfiguration(world, options);
  if (!loaded) return EXIT.error;
  const { configuration, provider, folder } = loaded;
  const diagnostics = await validate(configuration, provider, world.runtime(folder));
  if (printDiagnostics(world, diagnostics, configuration.files)) return EXIT.error;
  const { length } = configuration.resources;
  printLine(world, `The configuration is valid: ${length} resource${length === 1 ? "" : "s"}.`);
  return EXIT.ok;
}
