import { formatAddress } from "../../../engine/model/address.js";
import { evaluate, referencesIn } from "../../../engine/model/expression.js";
import type { Change } from "../../../engine/model/plan.js";
import type { Files, Runtime } from "../../../engine/model/runtime.js";
import {
  equalJson,
  isObject,
  isValueObject,
  type JsonObject,
  redact,
  scalarText,
  Unknown,
  type Value,
} from "../../../engine/model/value.js";
import { deliveredWarnings, mayReplace } from "../secret/place.js";
import { decodeTargets } from "./decode-targets.js";
import { occupantOf } from "./delivery.js";
import { hasPassed } from "./expiry.js";
import { Mistakes } from "./mistakes.js";
import { sealedWords } from "./occupied.js";
import { recover } from "./pending-secret.js";
import {
  describeTarget,
  describeTargets,
  type FileTarget,
  isNowhere,
  knownTargets,
  targetsOf,
} from "./target.js";

/** What the disk and the state tell of where a secret goes, or has gone. */
export async function reviewDelivery(
  change: Change,
  { files, clock }: Runtime,
  mistakes: Mistakes,
): Promise<void> {
  if ("desired" in change) await checkPlaces(change, files, mistakes);
  checkOldSecret(change, clock.now(), mistakes);
  if (change.action !== "no-op" && change.action !== "update" && change.action !== "import") return;
  await checkChangedPlaces(change, mistakes);
  await checkDelivered(change, files, mistakes);
}

type Desired = Extract<Change, { readonly desired: unknown }>;

async function checkPlaces(change: Desired, files: Files, mistakes: Mistakes): Promise<void> {
  const { occupied, write_to: places } = change.desired;
  if (!isValueObject(occupied)) return;
  const ours = [
    ...("instance" in change ? marksOf(change.instance.attributes, change.instance.id) : []),
    ...("previous" in change && change.previous
      ? marksOf(change.previous, scalarText(change.previous.id))
      : []),
  ];
  const arrived = await arrivedSealed(change, files);
  for (const target of targetsOf(places).files) {
    const occupant = occupied[target.format];
    if (occupant === undefined || ours.some((it) => it === occupant)) continue;
    if (arrived.includes(target.path)) continue;
    const isFile = (await files.look(target.path)).kind === "file";
    if (isFile && mayReplace(files, target.path)) continue;
    mistakes.error(
      "secret-file-exists",
      `/write_to/${target.format}`,
      `${describeTarget(target)} is taken`,
      {
        detail: `It holds ${scalarText(occupant)}, which is not managed here and will not be overwritten.`,
        help: isFile
          ? `Move it away, write to another place, or say --replace-secret-file ${target.path}.`
          : "Move it away, or write to another place: the path of the file itself.",
      },
    );
  }
}

/**
 * The encrypted files of a secret that waits no more, although the state does not know that it has arrived: as of a
 * run that was killed then.
 */
async function arrivedSealed(change: Desired, files: Files): Promise<readonly string[]> {
  if (change.action !== "update") return [];
  const { address, instance } = change;
  const targets = knownTargets(instance.attributes);
  if (targets.recipients.length === 0) return [];
  const pending = { address, name: scalarText(instance.attributes.name), targets };
  return (await recover(pending, { files })) ? [] : targets.files.map(({ path }) => path);
}

/** What is at a place where an instance was delivered. */
function marksOf({ sealed }: JsonObject, id: string): readonly string[] {
  return [id, ...(isObject(sealed) ? Object.values(sealed).map((it) => sealedWords(it)) : [])];
}

/** Whoever logs in with a credential that is made anew is locked out until the new secret is there. */
function checkOldSecret(change: Change, now: Date, mistakes: Mistakes): void {
  if (change.action !== "replace") return;
  const { write_to: delivered, expires_at: end } = change.instance.attributes;
  if (isNowhere(targetsOf(delivered))) return;
  if (typeof end === "string" && hasPassed(end, now)) return;
  const places = describeTargets(targetsOf(change.desired.write_to)).join(", ");
  mistakes.warn("secret-renewed", "", "the secret of before stops working", {
    ...(places !== "" && { detail: `The new secret goes to ${places}.` }),
    help: "Hand the new one to all that log in with it.",
  });
}

type Kept = Extract<Change, { readonly action: "no-op" | "update" | "import" }>;

/** A secret cannot be delivered again: it is not kept anywhere. */
async function checkChangedPlaces(change: Kept, mistakes: Mistakes): Promise<void> {
  const { write_to: delivered, name } = change.instance.attributes;
  const declared = await declaredPlaces(change.resource.config.write_to, name);
  if (isNowhere(targetsOf(delivered)) || declared === undefined) return;
  if (delivered !== undefined && equalJson(redact(declared), delivered)) return;
  const places = describeTargets(targetsOf(delivered)).join(", ");
  mistakes.warn("delivery-changed", "/write_to", "the secret stays where it was delivered", {
    detail: `It went to ${places}, and is kept nowhere else.`,
    help: `To have a new one delivered, run: ${anewOf(change)}`,
  });
}

async function declaredPlaces(
  expression: Parameters<typeof evaluate>[0] | undefined,
  name: Value | undefined,
): Promise<Value | undefined> {
  if (expression === undefined || referencesIn(expression).length > 0) return undefined;
  const declared = evaluate(expression, (reference) => new Unknown(reference));
  return decodeTargets(declared, typeof name === "string" ? name : undefined, new Mistakes());
}

/** What has become of the files that a secret was delivered in. */
async function checkDelivered(change: Kept, files: Files, mistakes: Mistakes): Promise<void> {
  const { write_to: delivered } = change.instance.attributes;
  const targets = targetsOf(delivered);
  for (const target of targets.files) {
    const at = { pointer: `/write_to/${target.format}`, anew: anewOf(change) };
    const place = await files.look(target.path);
    for (const it of deliveredWarnings(place, target.path, at)) mistakes.report(it);
    if (place.kind === "file" && targets.recipients.length === 0) {
      await checkContent(target, change, files, mistakes);
    }
  }
}

/** What was edited by hand is the user's own. */
async function checkContent(
  target: FileTarget,
  change: Kept,
  files: Files,
  mistakes: Mistakes,
): Promise<void> {
  const occupant = await occupantOf(files, target);
  if (occupant && (!("id" in occupant) || occupant.id === change.instance.id)) return;
  const what = `${describeTarget(target)} does not hold the secret any more`;
  mistakes.warn("secret-file-lost", `/write_to/${target.format}`, what, {
    help: `Put it back, or have another made: ${anewOf(change)}`,
  });
}

function anewOf({ address }: Change): string {
  return `portcullis apply --replace '${formatAddress(address)}'`;
}
