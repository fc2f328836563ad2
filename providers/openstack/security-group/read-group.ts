import { CloudError } from "../../../engine/model/errors.js";
import { isObject, type JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { pathSegment } from "../http/path-segment.js";

/** A group with its rules, as Neutron answers it. Throws `not-found` where it is gone. */
export async function readGroup(cloud: OpenStack, id: string): Promise<JsonObject> {
  const answer = await cloud.neutron.get(`/security-groups/${pathSegment(id)}`);
  if (isObject(answer?.security_group)) return answer.security_group;
  throw new CloudError(
    "not-found",
    `the security group ${id} is not there any more`,
    { status: 404, effect: "none" },
    { help: "Plan again: it will be made anew." },
  );
}
