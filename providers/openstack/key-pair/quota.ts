import type { QuotaRule } from "../../../engine/model/quota-rule.js";
import { isObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { roomIn } from "../room.js";

const WHAT = "key pairs";

/** Nova limits the key pairs of each user, tells the limit to everybody, and counts no use. */
export const keyPairQuota: QuotaRule<OpenStack> = {
  needs: ({ action }) => ({ [WHAT]: action === "create" ? 1 : 0 }),
  frees: ({ action }) => ({ [WHAT]: action === "delete" ? 1 : 0 }),
  room: async ({ nova }, existing) => {
    const answer = await nova.get("/limits");
    const limits = isObject(answer?.limits) ? answer.limits : {};
    const limit = isObject(limits.absolute) ? limits.absolute.maxTotalKeypairs : undefined;
    return typeof limit === "number" ? { [WHAT]: roomIn(limit, existing) } : {};
  },
};
