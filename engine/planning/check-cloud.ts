import { withArticle } from "../model/address.js";
import type { CloudIdentity, NamedId } from "../model/cloud-identity.js";
import { OutsideError } from "../model/errors.js";
import type { ResourceType } from "../model/resource-type.js";
import type { Snapshot } from "../model/state.js";

/**
 * Refuses a state that was made elsewhere: in another project, or, where it holds what belongs to
 * a user, by another user. Throws `wrong-cloud` and names both.
 */
export function checkCloud(
  snapshot: Snapshot,
  now: CloudIdentity,
  types: ReadonlyMap<string, ResourceType>,
): void {
  const then = snapshot.cloud;
  if (!then || (snapshot.instances.length === 0 && snapshot.pending.length === 0)) return;
  if (then.project.id !== now.project.id) {
    throw new OutsideError(
      "wrong-cloud",
      `This state belongs to project ${text(then.project)} on ${then.name} (${then.authUrl}), but the log-in is for project ${text(now.project)} on ${now.name} (${now.authUrl}).`,
      { help: `Log in to ${then.name}, or keep another state for this cloud with --state FILE.` },
    );
  }
  const owned = [...snapshot.instances, ...snapshot.pending].find(
    ({ address }) => types.get(address.type)?.scope === "user",
  );
  if (owned && then.user.id !== now.user.id) {
    throw new OutsideError(
      "wrong-cloud",
      `This state has ${withArticle(owned.address.type)}, which belongs to user ${text(then.user)}, but the log-in is user ${text(now.user)}.`,
      { help: `Log in as ${then.user.name}, or keep a state of your own with --state FILE.` },
    );
  }
}

function text(thing: NamedId): string {
  return `${thing.name} (${thing.id})`;
}
