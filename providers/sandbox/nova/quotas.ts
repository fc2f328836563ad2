import type { Cloud, Token } from "../cloud.js";
import type { Call, Reply } from "../http.js";

/** GET /limits: of what is here, the limit of key pairs */
export function showLimits(cloud: Cloud): Reply {
  const absolute = { maxTotalKeypairs: cloud.quotas.keyPairs };
  return { status: 200, json: { limits: { rate: [], absolute } } };
}

/** GET /os-quota-sets/PROJECT */
export function showQuotaSet(cloud: Cloud, call: Call): Reply {
  const quota_set = { id: call.segment("project"), key_pairs: cloud.quotas.keyPairs };
  return { status: 200, json: { quota_set } };
}

/** GET /os-quota-sets/PROJECT/detail: Nova counts no use, as key pairs belong to users */
export function showQuotaUse(cloud: Cloud, call: Call): Reply {
  const key_pairs = { limit: cloud.quotas.keyPairs, in_use: 0, reserved: 0 };
  return { status: 200, json: { quota_set: { id: call.segment("project"), key_pairs } } };
}

/** GET /servers: there are none */
export function listServers(_cloud: Cloud, _call: Call, _token: Token): Reply {
  return { status: 200, json: { servers: [] } };
}
