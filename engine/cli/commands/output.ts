import { OutsideError } from "../../model/errors.js";
import type { Json } from "../../model/value.js";
import { harmless } from "../../ui/harmless.js";
import { outputRows } from "../../ui/output-rows.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { StateOptions } from "../options.js";
import { printJson, printRows } from "../print.js";
import { currentState, openStore } from "../state.js";
import type { World } from "../world.js";

export interface OutputOptions extends StateOptions {
  readonly json?: boolean;
  readonly raw?: boolean;
}

/** `portcullis output [NAME]`: the outputs after the last apply. */
export async function outputCommand(
  world: World,
  options: OutputOptions,
  name: string | undefined,
): Promise<ExitCode> {
  const { outputs } = await currentState(world, openStore(world, options));
  if (name === undefined) {
    if (options.raw) throw new OutsideError("usage", "--raw needs the name of one output.");
    if (options.json) printJson(world, outputs);
    else await printRows(world, outputRows(outputs));
    return EXIT.ok;
  }
  if (!Object.hasOwn(outputs, name)) {
    const names = Object.keys(outputs).join(", ") || "none";
    throw new OutsideError("usage", `The state has no output ${name}; it has: ${names}.`, {
      help: "Outputs are there after an apply; sensitive ones are never kept.",
    });
  }
  const value = outputs[name] ?? null;
  if (options.json) printJson(world, value);
  else world.stdout.write(spell(world, value, options.raw === true));
  return EXIT.ok;
}

/** For a program the value as it is; for a terminal nothing that it would act on, unless asked for. */
function spell({ stdout }: World, value: Json, raw: boolean): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (raw) return text;
  return `${stdout.isTTY === true ? harmless(text) : text}\n`;
}
