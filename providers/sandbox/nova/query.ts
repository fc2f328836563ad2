import type { Call } from "../http.js";
import { novaError } from "./errors.js";
import type { Microversion } from "./microversion.js";

/** What the query of a key pair request says, by the rules of its microversion. */
export interface KeyPairQuery {
  readonly userId?: string;
  readonly limit?: number;
  readonly marker?: string;
}

const NUMBER = /^[0-9]*$/u;

/** Unknown parameters are refused from 2.75, paging is understood from 2.35, `user_id` from 2.10. */
export function readQuery(call: Call, version: Microversion, isList: boolean): KeyPairQuery {
  const paging = isList && version >= 35 ? ["limit", "marker"] : [];
  const known = version >= 10 ? ["user_id", ...paging] : [];
  const unknown = [...call.query.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined && version >= 75) {
    throw novaError(400, `Additional properties are not allowed ('${unknown}' was unexpected)`);
  }
  const read = (name: string) => (known.includes(name) ? call.query.getAll(name) : []);
  const [userId] = read("user_id");
  const limit = read("limit").at(-1);
  const marker = read("marker").at(-1);
  for (const text of read("limit")) {
    if (NUMBER.test(text)) continue;
    throw novaError(
      400,
      `Invalid input for query parameters limit. Value: ${text}. ` +
        `'${text}' does not match '^[0-9]*$'`,
    );
  }
  return {
    ...(userId !== undefined && { userId }),
    ...(limit !== undefined && limit !== "" && { limit: Number(limit) }),
    ...(marker !== undefined && { marker }),
  };
}
