import type { Address } from "../model/address.js";
import { readAddress } from "../model/address.js";
import type { Connection } from "../model/connection.js";
import { hasErrors } from "../model/diagnostic.js";
import { OutsideError } from "../model/errors.js";
import type { Plan } from "../model/plan.js";
import type { Snapshot } from "../model/state.js";
import { makePlan } from "../planning/plan.js";
import type { QuotaCheck } from "../planning/quota.js";
import { diagnosticRows } from "../ui/diagnostic-text.js";
import type { LoadedConfiguration } from "./configuration.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { printDiagnostics, printErrorRows } from "./print.js";
import { severalInstances } from "./several-instances.js";
import type { World } from "./world.js";

/** How a plan is asked for. */
export interface PlanChoice {
  readonly destroy: boolean;
  readonly replace: readonly Address[];
  readonly quotas?: QuotaCheck;
}

/** Makes a plan from the configuration, the state and the cloud; what the log-in remarks goes to standard error. */
export function planWith(
  world: World,
  { configuration, provider, folder }: LoadedConfiguration,
  connection: Connection,
  snapshot: Snapshot,
  choice: PlanChoice,
): Promise<Plan> {
  const runtime = world.runtime(folder);
  printErrorRows(world, diagnosticRows(connection.remarks ?? [], configuration.files));
  return makePlan({ configuration, snapshot, provider, connection, runtime, ...choice });
}

/** How quotas are looked at by a command with `--check-quota`. */
export function quotasOf({ checkQuota }: { readonly checkQuota?: boolean }): QuotaCheck {
  return checkQuota ? "insist" : "look";
}

/** Prints the errors of a plan that cannot be; the exit code where there are any. */
export function refusal(
  world: World,
  plan: Plan,
  { configuration }: LoadedConfiguration,
): ExitCode | undefined {
  if (!hasErrors(plan.diagnostics)) return undefined;
  printDiagnostics(world, plan.diagnostics, configuration.files);
  const unsafe = plan.diagnostics.some((it) => it.code === "prevent-destroy");
  return unsafe ? EXIT.unsafe : EXIT.error;
}

/** Whether applying does anything. */
export function isPending(plan: Plan): boolean {
  return plan.stateChanges.length > 0 || plan.changes.some((change) => change.action !== "no-op");
}

/** The addresses that an option names; each must be of the configuration. */
export function parseAddresses(
  texts: readonly string[],
  { configuration }: LoadedConfiguration,
): readonly Address[] {
  return texts.map((text) => {
    const wanted = readAddress(text);
    const found = configuration.resources.some(
      ({ address: it }) =>
        it.type === wanted?.type && it.name === wanted.name && it.key === wanted.key,
    );
    if (wanted && found) return wanted;
    const several = severalInstances(
      wanted,
      configuration.resources.map((it) => it.address),
    );
    throw new OutsideError("usage", `No resource of the configuration has the address ${text}.`, {
      help:
        several ??
        "Addresses read TYPE.NAME, such as key_pair.deploy; `portcullis state list` shows them.",
    });
  });
}
