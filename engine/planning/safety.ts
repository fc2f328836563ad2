import { formatAddress } from "../model/address.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Change } from "../model/plan.js";

/** Errors for the changes that `prevent_destroy` forbids, also where only state remembers it. */
export function checkSafety(changes: readonly Change[]): readonly Diagnostic[] {
  return changes.flatMap((change): readonly Diagnostic[] => {
    if (change.action !== "delete" && change.action !== "replace") return [];
    const declared = change.action === "replace" && change.resource.lifecycle.preventDestroy;
    if (!declared && !change.instance.preventDestroy) return [];
    const verb = change.action === "delete" ? "deleted" : "replaced";
    return [
      {
        severity: "error",
        code: "prevent-destroy",
        summary: `${formatAddress(change.address)} would be ${verb}, but prevent_destroy protects it`,
        detail: `It would be ${verb} because ${change.reason}.`,
        address: change.address,
        ...(change.range && { range: change.range }),
        help: "Set prevent_destroy to false, apply that, and then make this change; or undo the change.",
      },
    ];
  });
}
