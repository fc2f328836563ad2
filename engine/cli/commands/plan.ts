import { resolve } from "node:path";
import { OutsideError } from "../../model/errors.js";
import type { Files } from "../../model/runtime.js";
import { rowTexts } from "../../ui/plain-text.js";
import { planJson } from "../../ui/plan-json.js";
import { planRows } from "../../ui/plan-rows.js";
import type { LoadedConfiguration } from "../configuration.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { CloudOptions } from "../options.js";
import { withoutOwnPlaces } from "../own-places.js";
import { stateKeys } from "../passphrase.js";
import { formatPlanFile, isPlanFile } from "../plan-file.js";
import { isPending, parseAddresses, quotasOf, refusal } from "../planned.js";
import { printJson, printRows } from "../print.js";
import { readPlan } from "../read-plan.js";
import { fromCommandLine, replacing, toPlanFile } from "../replaceable.js";
import { sealPlan } from "../sealed-plan.js";
import type { World } from "../world.js";

export interface PlanOptions extends CloudOptions {
  readonly destroy?: boolean;
  readonly replace: readonly string[];
  readonly replaceSecretFile: readonly string[];
  readonly detailedExitcode?: boolean;
  readonly checkQuota?: boolean;
  readonly json?: boolean;
  readonly out?: string;
  readonly verbose?: boolean;
}

/** `portcullis plan`: what apply would do. Writes nothing but the file of `--out`. */
export async function planCommand(outer: World, options: PlanOptions): Promise<ExitCode> {
  const replaceable = fromCommandLine(outer, options.replaceSecretFile);
  const world = withoutOwnPlaces(replacing(outer, replaceable), options);
  const keys = stateKeys(world);
  const made = await readPlan(world, options, keys, (it) => ({
    ...choiceOf(options, it),
    quotas: quotasOf(options),
  }));
  if (!made) return EXIT.error;
  const { loaded, plan } = made;
  const refused = refusal(world, plan, loaded);
  if (refused !== undefined) return refused;
  const { files: sources } = loaded.configuration;
  const now = world.runtime(loaded.folder).clock.now();
  const rows = (verbose: boolean) => planRows(plan, { verbose, now, files: sources });
  if (options.json) printJson(world, planJson(plan));
  else await printRows(world, rows(options.verbose === true));
  if (options.out !== undefined) {
    const { cloud, sandbox } = options;
    const replaceSecretFiles = toPlanFile(loaded.folder, replaceable);
    const asked = { ...choiceOf(options, loaded), replaceSecretFiles };
    const how = { ...asked, ...(cloud !== undefined && { cloud }), ...(sandbox && { sandbox }) };
    const { files, random } = world.runtime(loaded.folder);
    const salt = Buffer.from(random.bytes(16)).toString("base64url");
    const text = formatPlanFile(plan, how, { salt, shown: rowTexts(rows(true)) });
    const sealed = await sealPlan(text, keys);
    const path = resolve(world.cwd, options.out);
    await refuseOther(files, path);
    await files.replaceSecret(path, sealed);
  }
  return options.detailedExitcode && isPending(plan) ? EXIT.changes : EXIT.ok;
}

function choiceOf({ destroy, replace }: PlanOptions, loaded: LoadedConfiguration) {
  return { destroy: destroy === true, replace: parseAddresses(replace, loaded) };
}

/** A plan takes the place of nothing but a plan, or of an empty file: not of a key, a state, a configuration. */
async function refuseOther(files: Files, path: string): Promise<void> {
  const there = await files.look(path);
  if (there.kind !== "file" || there.bytes.length === 0) return;
  if (isPlanFile(new TextDecoder().decode(there.bytes))) return;
  throw new OutsideError("file-error", `cannot write the plan ${path}: another file is there`, {
    help: "Name another file for --out, or remove that one.",
  });
}
