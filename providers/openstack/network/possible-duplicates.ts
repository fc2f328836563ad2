import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import type { RemoteObject } from "../../../engine/model/remote-object.js";
import type { ReviewRequest } from "../../../engine/model/review-request.js";
import type { ValueObject } from "../../../engine/model/value.js";

/**
 * Warns of what has the name of something managed and is as a creation leaves it: what a request
 * without an answer made when nobody looked any more.
 */
export function possibleDuplicates(
  { change, unmanaged }: ReviewRequest,
  thing: string,
  isAsMade: (object: RemoteObject, wanted: ValueObject) => boolean,
): readonly Diagnostic[] {
  if (change.action !== "no-op" && change.action !== "update") return [];
  const { attributes } = change.instance;
  const found = unmanaged.filter((it) => it.name === attributes.name && isAsMade(it, attributes));
  if (found.length === 0) return [];
  const ids = found.map((it) => it.id).join(", ");
  return [
    {
      severity: "warning",
      code: "possible-duplicate",
      summary: `the cloud has another unused ${thing} named ${JSON.stringify(attributes.name)}, which nothing here manages`,
      detail: "A request whose answer was lost may have made it late.",
      pointer: "/name",
      actual: ids,
      help: `Delete it from the cloud if it is not somebody's own: openstack ${thing} delete ${ids.replaceAll(",", "")}`,
    },
  ];
}
