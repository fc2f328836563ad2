import type { Claim, ClaimRequest } from "../../../engine/model/claim.js";
import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import type { RemoteObject } from "../../../engine/model/remote-object.js";
import type { Intent } from "../../../engine/model/state.js";
import {
  equalJson,
  type JsonObject,
  redact,
  Sensitive,
  scalarText,
  type ValueObject,
} from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { madeBy } from "../made-by.js";
import { localAttributes } from "./create.js";
import { deliveredTo } from "./deliver-all.js";
import { instantAfter } from "./expiry.js";
import { isAt, isDelivered } from "./is-delivered.js";
import { type Left, recover } from "./pending-secret.js";
import { describeTarget, isNowhere, type Targets, targetsAttribute, targetsOf } from "./target.js";

const MADE_AS_DECLARED = ["description", "expires_at", "roles", "unrestricted", "access_rules"];

/**
 * A credential is taken over only where an interrupted run of ours has made it and its secret is
 * not lost: nobody can read the secret of any other.
 */
export async function claim(cloud: OpenStack, request: ClaimRequest): Promise<Claim> {
  const { desired, unmanaged, intent } = request;
  const { name } = desired;
  if (typeof name !== "string") return { kind: "none" };
  const own = madeBy(intent, unmanaged);
  if (own && intent && own.name !== name) return discardOther(cloud, own, request, intent);
  const namesakes = unmanaged.filter((it) => it.name.toLowerCase() === name.toLowerCase());
  const [namesake] = [...namesakes].sort(
    (a, b) => Number(b.name === name) - Number(a.name === name),
  );
  if (!namesake) return { kind: "none" };
  const isHere = namesake.attributes.project_id === cloud.identity.project.id;
  const isOurs =
    intent?.action === "create" && !intent.existing.includes(namesake.id) && namesake.name === name;
  if (isHere && isOurs) return settle(cloud, request, intent, namesake);
  return { kind: "none", diagnostics: [refuse(namesake, name, isHere)] };
}

/** The name was changed after the interruption, and none can be changed in the cloud. */
function discardOther(
  cloud: OpenStack,
  object: RemoteObject,
  { desired }: ClaimRequest,
  intent: Intent,
): Promise<Claim> {
  const begun = `created by an interrupted run at ${intent.startedAt}`;
  return discard(cloud, object, begunTargets(intent, desired), `${begun}, under another name`);
}

/** Where the interrupted run was to deliver; it may not have told. */
function begunTargets({ delivery }: Intent, desired: ValueObject): Targets {
  return targetsOf(delivery?.write_to ?? desired.write_to);
}

/** What becomes of the work of an interrupted run. */
async function settle(
  cloud: OpenStack,
  { address, desired }: ClaimRequest,
  intent: Intent,
  object: RemoteObject,
): Promise<Claim> {
  const targets = begunTargets(intent, desired);
  const isMoved = !equalJson(
    targetsAttribute(targets),
    targetsAttribute(targetsOf(desired.write_to)),
  );
  const begun = `created by an interrupted run at ${intent.startedAt}`;
  if (!isAsDeclared(desired, object, intent, cloud.runtime.clock.now())) {
    return discard(cloud, object, targets, `${begun}, from another declaration`);
  }
  const local = localAttributes(desired, cloud);
  const pending = { address, name: object.name, targets };
  const left = await recover(pending, cloud.runtime);
  // Without places: their delivery is then a difference, which `update` settles.
  const undelivered = { ...local, write_to: {}, undelivered: targetsAttribute(targets) };
  const isAtHand = desired.secret instanceof Sensitive || (left && isUsable(left, object));
  if (isAtHand && !isMoved) {
    return { kind: "adopt", object, local: undelivered, reason: `adopted: ${begun}` };
  }
  if (
    !left &&
    !isNowhere(targets) &&
    (await isDelivered(cloud.runtime.files, targets, object.id))
  ) {
    const delivered = { ...local, ...(await deliveredTo(cloud.runtime.files, targets)) };
    return { kind: "adopt", object, local: delivered, reason: `adopted: ${begun}` };
  }
  const why = isMoved ? "when its secret had another place" : "and its secret was lost";
  return discard(cloud, object, targets, `${begun}, ${why}`);
}

function isUsable(left: Left, { id }: RemoteObject): boolean {
  return left.kind === "secret" || (left.kind === "sealed" && left.id === id);
}

/** With the places, so that its deletion clears those that it has reached. */
async function discard(
  { runtime: { files } }: OpenStack,
  object: RemoteObject,
  targets: Targets,
  reason: string,
): Promise<Claim> {
  const attributes = { ...object.attributes, write_to: targetsAttribute(targets) };
  const reached = await Promise.all(
    targets.files.map(async (target) =>
      (await isAt(files, target, targets, object.id)) ? [target] : [],
    ),
  );
  const places = reached.flat().map(describeTarget).join(" and ");
  const secret = places === "" ? "" : `, its secret in ${places}`;
  return { kind: "discard", object: { ...object, attributes }, reason: `${reason}${secret}` };
}

/** Whether a credential is what the present declaration would make; in doubt it is not. */
function isAsDeclared(
  desired: ValueObject,
  { attributes }: RemoteObject,
  intent: Intent,
  now: Date,
): boolean {
  const declared = MADE_AS_DECLARED.filter((key) => desired[key] !== undefined);
  const isSame = declared.every((key) =>
    equalJson(redact(desired[key] ?? null), attributes[key] ?? null),
  );
  const { expires_in: duration } = desired;
  return isSame && (typeof duration !== "string" || isWithin(duration, attributes, intent, now));
}

/** Whether a duration that was fixed between the start of the interrupted run and now gives this. */
function isWithin(duration: string, attributes: JsonObject, intent: Intent, now: Date): boolean {
  const end = Date.parse(scalarText(attributes.expires_at));
  const earliest = Date.parse(instantAfter(duration, new Date(intent.startedAt)));
  return end >= earliest && end <= Date.parse(instantAfter(duration, now));
}

function refuse(namesake: RemoteObject, name: string, isHere: boolean): Diagnostic {
  const place = isHere ? "" : ` in the project ${scalarText(namesake.attributes.project_id)}`;
  const isExact = namesake.name === name;
  return {
    severity: isExact ? "error" : "warning",
    code: "already-exists",
    pointer: "/name",
    summary: `the user has an application credential ${namesake.name}${place} already`,
    detail: isExact
      ? `It is not managed here (id ${namesake.id}), and nobody can read its secret.`
      : "Most clouds do not tell names apart by their case, and will refuse this one.",
    help: "Give this one another name, or delete the other.",
  };
}
