import { formatAddress } from "../../../engine/model/address.js";
import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import type { Change } from "../../../engine/model/plan.js";
import type { Files } from "../../../engine/model/runtime.js";
import { deliveredWarnings, exposureWarning } from "../secret/place.js";
import { SEALED } from "./generated.js";
import { rememberedKey } from "./keep-key.js";
import { movedPlace } from "./moved-place.js";

const POINTER = "/private_key_file";

/**
 * Refuses a change that would have to overwrite a private key, before anything is deleted for it;
 * tells what has become of the file of one that was delivered.
 */
export async function reviewKeyPair(
  files: Pick<Files, "look">,
  change: Change,
): Promise<readonly Diagnostic[]> {
  switch (change.action) {
    case "create":
    case "replace": {
      const refusals = refuse(change);
      const { private_key_file: path } = change.desired;
      if (refusals.length > 0 || typeof path !== "string") return refusals;
      return exposureWarning(await files.look(path), path, POINTER);
    }
    case "no-op":
    case "import":
    case "update": {
      const { private_key_file: path, delivered } = change.instance.attributes;
      if (delivered === false) return typeof path === "string" ? refuseDelivery(change, path) : [];
      const moved = await movedPlace(change);
      if (typeof path !== "string") return moved;
      const anew = `portcullis apply --replace '${formatAddress(change.address)}'`;
      const place = await files.look(path);
      return [...moved, ...deliveredWarnings(place, path, { pointer: POINTER, anew })];
    }
    default:
      return [];
  }
}

/** What waits to be delivered cannot be where its place is taken. */
function refuseDelivery(
  change: Extract<Change, { readonly action: "no-op" | "import" | "update" }>,
  path: string,
): readonly Diagnostic[] {
  const problem = change.action === "no-op" ? undefined : change.desired.private_key_problem;
  // Nothing waits any more beside an encrypted file: it is this key, as of a run that was killed then.
  if (problem === SEALED) return [];
  return typeof problem === "string" ? [refusal(`${path} ${problem}`, path)] : [];
}

function refuse(
  change: Extract<Change, { readonly action: "create" | "replace" }>,
): readonly Diagnostic[] {
  const { desired } = change;
  const { private_key_file: path, private_key_problem: problem, private_key_left: left } = desired;
  if (typeof left === "string") return [leftover(`${left} ${problem}`, left)];
  if (typeof path !== "string") return [];
  const previous = change.action === "create" ? change.previous : undefined;
  if (typeof problem === "string" && !rememberedKey(desired, previous)) {
    return [refusal(`${path} ${problem}`, path)];
  }
  const pointless =
    change.action === "replace" &&
    change.attributes.length === 0 &&
    desired.public_key !== undefined &&
    desired.public_key === change.instance.attributes.public_key;
  return pointless
    ? [refusal(`${path} still holds the private key that would be replaced`, path)]
    : [];
}

function refusal(summary: string, path: string): Diagnostic {
  return {
    severity: "error",
    code: "secret-file-exists",
    summary,
    pointer: POINTER,
    detail: "A private key that is there is not overwritten by itself.",
    help: `move ${path} away, give another \`private_key_file\`, or say --replace-secret-file ${path}`,
  };
}

function leftover(summary: string, path: string): Diagnostic {
  return {
    severity: "error",
    code: "secret-file-exists",
    summary,
    help: `undo the change of the declaration, and apply; or remove ${path} if nobody needs that key`,
  };
}
