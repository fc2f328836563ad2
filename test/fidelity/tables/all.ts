import type { Exchange } from "../exchange.js";
import { COMPUTE_QUOTA_EXCHANGES } from "./compute-quotas.js";
import { CREDENTIAL_EXCHANGES, CREDENTIAL_LOG_INS } from "./credentials.js";
import { GROUP_EXCHANGES, TAG_EXCHANGES } from "./groups.js";
import { KEY_PAIRS } from "./key-pairs.js";
import { NETWORK_EXCHANGES, QUOTA_EXCHANGES } from "./network.js";
import { ROLE_EXCHANGES } from "./roles.js";
import { BULK_EXCHANGES, RULE_EXCHANGES } from "./rules.js";
import { SHARING_EXCHANGES } from "./sharing.js";
import { TOKEN_EXCHANGES } from "./tokens.js";

/** Every table by name; each cleans up after itself. */
export const TABLES: Readonly<Record<string, readonly Exchange[]>> = {
  tokens: TOKEN_EXCHANGES,
  credentials: [...CREDENTIAL_EXCHANGES, ...CREDENTIAL_LOG_INS],
  "key pairs": KEY_PAIRS,
  groups: GROUP_EXCHANGES,
  tags: TAG_EXCHANGES,
  rules: RULE_EXCHANGES,
  bulk: BULK_EXCHANGES,
  network: NETWORK_EXCHANGES,
  quotas: QUOTA_EXCHANGES,
  "compute quotas": COMPUTE_QUOTA_EXCHANGES,
  sharing: SHARING_EXCHANGES,
  roles: ROLE_EXCHANGES,
};
