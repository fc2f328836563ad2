import { didYouMean } from "../model/closest.js";
import { type Expression, Template } from "../model/expression.js";
import { type Json, Sensitive } from "../model/value.js";
import { FAILED, isExpressionList, isExpressionMap, kindOf, loneReference } from "./expressions.js";
import { listed } from "./report.js";

/** Why a value has no such part. */
export class NoPart {
  constructor(
    readonly summary: string,
    readonly help: string,
  ) {}
}

/** The part of a value under a key or index. */
export function stepInto(value: Expression, key: string): Expression | NoPart {
  if (value === FAILED) return FAILED;
  if (value instanceof Template) return stepIntoTemplate(value, key);
  if (value instanceof Sensitive) return stepIntoSecret(value.reveal(), key);
  if (isExpressionList(value)) {
    const item = /^\d+$/u.test(key) ? value[Number(key)] : undefined;
    if (item !== undefined) return item;
    const help = `it has ${value.length} items, counted from 0`;
    return new NoPart(`the list has no item ${JSON.stringify(key)}`, help);
  }
  if (!isExpressionMap(value)) return new NoPart(`${kindOf(value)} has no parts`, "name it alone");
  const entry = Object.hasOwn(value, key) ? value[key] : undefined;
  if (entry !== undefined) return entry;
  const keys = Object.keys(value);
  const otherwise = keys.length === 0 ? "it is empty" : `it has ${listed(keys)}`;
  const help = didYouMean(key, keys, otherwise);
  return new NoPart(`the mapping has no key ${JSON.stringify(key)}`, help);
}

function stepIntoTemplate(template: Template, key: string): Expression | NoPart {
  const reference = loneReference(template);
  if (!reference) return new NoPart("text has no parts", "name it alone");
  return new Template([{ ...reference, path: [...reference.path, key] }]);
}

/** Names no other keys: they belong to the secret. */
function stepIntoSecret(secret: Json, key: string): Expression | NoPart {
  const part = isNested(secret) && Object.hasOwn(secret, key) ? secret[key] : undefined;
  return part === undefined
    ? new NoPart(`the sensitive value has no part ${JSON.stringify(key)}`, "check its keys")
    : new Sensitive(part);
}

function isNested(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null;
}
