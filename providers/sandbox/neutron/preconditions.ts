import type { Call } from "../http.js";
import type { Standard } from "../rows.js";
import { badRequest, neutronError } from "./errors.js";

/** Refuses a change for which `If-Match` names another revision than the present one. */
export function requireRevision(call: Call, row: Standard): void {
  const condition = call.header("if-match");
  if (condition === undefined) return;
  const match = /^revision_number=(.*)$/u.exec(condition);
  if (!match) return;
  const wanted = match[1] ?? "";
  if (!/^\d+$/u.test(wanted)) {
    throw neutronError(
      400,
      "BadRequest",
      "Bad if-match request: Revision number etag must be in the format of revision_number=<int>.",
    );
  }
  if (Number(wanted) === row.revision) return;
  throw neutronError(
    412,
    "RevisionNumberConstraintFailed",
    `Constrained to ${wanted}, but current revision is ${row.revision}`,
  );
}

export function requireNoBody(call: Call): void {
  if (call.body !== "") throw badRequest("Request body is not supported in DELETE.");
}
