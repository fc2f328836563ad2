import { CloudError } from "../../../engine/model/errors.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import type { Rule } from "./rule.js";
import { storedRule } from "./stored-rule.js";

/** What stands for the new group's own id among the default rules (neutron/extensions/security_groups_default_rules.py). */
const OWN_ID = "PARENT";

/** The groups that default rules are for: a project's own one, or all that are made besides. */
type Recipient = "used_in_default_sg" | "used_in_non_default_sg";

/** What Neutron puts into a new group unless its operator decided otherwise. */
export const USUALLY_GIVEN: readonly Rule[] = (["ipv4", "ipv6"] as const).map((family) => ({
  direction: "egress",
  family,
  protocol: null,
  ports: null,
  remote: { kind: "anywhere" },
  description: "",
}));

/** The rules that the cloud gives a new group, where it has the API that tells them: OpenStack 2023.2 or later. */
export async function readDefaultRules(
  { neutron }: OpenStack,
  recipient: Recipient,
): Promise<readonly Rule[]> {
  const templates = await neutron.list(
    "/default-security-group-rules",
    "default_security_group_rules",
    { marker: "id" },
  );
  return templates
    .filter((it: JsonObject) => it[recipient] === true)
    .map((it) => storedRule(it, OWN_ID));
}

/** As {@link readDefaultRules}; undefined where the cloud does not tell. */
export async function defaultRulesIfTold(
  cloud: OpenStack,
  recipient: Recipient,
): Promise<readonly Rule[] | undefined> {
  try {
    return await readDefaultRules(cloud, recipient);
  } catch (error) {
    if (error instanceof CloudError) return undefined;
    throw error;
  }
}
