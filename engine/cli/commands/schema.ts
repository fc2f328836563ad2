import { providers } from "../../../providers/registry.js";
import { languageSchema } from "../../config/schema.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { printJson } from "../print.js";
import type { World } from "../world.js";

/** `portcullis schema`: the JSON Schema of the language, for editors. */
export async function schemaCommand(world: World): Promise<ExitCode> {
  printJson(world, languageSchema(providers));
  return EXIT.ok;
}
