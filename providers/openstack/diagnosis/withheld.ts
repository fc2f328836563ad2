/**
 * Statuses by which a gateway, a policy or the access rules of a credential keep back what only
 * describes an API: its use may be allowed all the same.
 */
const WITHHELD = new Set([300, 401, 403, 404, 405, 406]);

export function isWithheld(status: number | undefined): boolean {
  return status !== undefined && WITHHELD.has(status);
}

/** The warning for it. */
export function withheld(what: string): { readonly summary: string; readonly help: string } {
  return {
    summary: `it does not tell ${what}`,
    help: "Nothing to mend where all that follows is well: a gateway or access rules may keep it back.",
  };
}
