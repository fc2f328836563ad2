import { readJsonObject } from "../../../engine/model/json-text.js";
import { isObject, type JsonObject, Sensitive } from "../../../engine/model/value.js";
import type { HttpAnswer } from "../http/exchange.js";
import type { Factor, SpareFactors } from "./log-in-request.js";

/** Keystone's answer to factors that are right and not enough (its multi-factor rules of the user). */
export interface Receipt {
  readonly value: Sensitive;
  readonly userId: string;
  /** The methods that were proved. */
  readonly methods: readonly string[];
  /** Sets of methods, each of which is enough. */
  readonly rules: readonly (readonly string[])[];
}

/** Reads a 401 with a receipt; undefined where it has none. */
export function readReceipt(answer: HttpAnswer): Receipt | undefined {
  const value = answer.headers["openstack-auth-receipt"];
  if (answer.status !== 401 || value === undefined) return undefined;
  const body = readJsonObject(answer.body);
  const receipt = isObject(body.receipt) ? body.receipt : {};
  const user = isObject(receipt.user) ? receipt.user : {};
  return {
    value: new Sensitive(value),
    userId: typeof user.id === "string" ? user.id : "",
    methods: textsOf(receipt.methods),
    rules: Array.isArray(body.required_auth_methods) ? body.required_auth_methods.map(textsOf) : [],
  };
}

/** The further factors for the rule that needs the fewest; undefined where none can be met. */
export function missingFactors(
  receipt: Receipt,
  spare: SpareFactors,
): readonly Factor[] | undefined {
  const user: JsonObject = { id: receipt.userId };
  const factorOf = (method: string): Factor | undefined => {
    if (method === "totp") return { method, user };
    const { password } = spare;
    return method === "password" && password ? { method, user, password } : undefined;
  };
  const offers = receipt.rules.map((rule) =>
    rule.filter((method) => !receipt.methods.includes(method)).map(factorOf),
  );
  return offers
    .filter((offer) => offer.length > 0)
    .filter((offer): offer is Factor[] => offer.every((it) => it !== undefined))
    .sort((a, b) => a.length - b.length)[0];
}

/** The rules in words: `password and totp, or token`. */
export function describeRules({ rules }: Receipt): string {
  return rules.map((rule) => rule.join(" and ")).join(", or ");
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((it) => typeof it === "string") : [];
}
