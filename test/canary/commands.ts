import type { Command } from "commander";
import { buildProgram } from "../../engine/cli/program.js";
import type { World } from "../../engine/cli/world.js";

/** Every command there is, such as `state list`. */
export function commandsOf(): readonly string[] {
  return namesBelow(
    buildProgram({} as World, () => {}),
    "",
  );
}

function namesBelow(command: Command, before: string): readonly string[] {
  return command.commands.flatMap((it) => {
    const name = `${before}${it.name()}`;
    return it.commands.length > 0 ? namesBelow(it, `${name} `) : [name];
  });
}
