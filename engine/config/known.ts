import { type Expression, Template } from "../model/expression.js";
import { type Json, mapEntries, Sensitive } from "../model/value.js";
import { FAILED, isExpressionList, isExpressionMap, someLeaf } from "./expressions.js";

/** What is known of a value before apply. */
export type Known =
  | {
      readonly kind: "known";
      readonly value: Json;
      /** A part of it is a secret: what is made of it must be one too. */
      readonly sensitive: boolean;
    }
  /** It depends on an attribute of a resource. */
  | { readonly kind: "reference" }
  /** It could not be evaluated, which was reported. */
  | { readonly kind: "failed" };

/** The value as JSON with secrets open, where nothing in it depends on a resource. */
export function known(value: Expression): Known {
  if (someLeaf(value, (leaf) => leaf === FAILED)) return { kind: "failed" };
  if (someLeaf(value, (leaf) => leaf instanceof Template)) return { kind: "reference" };
  return { kind: "known", value: open(value), sensitive: isSensitive(value) };
}

/** Whether any part of a value is a secret. */
export function isSensitive(value: Expression): boolean {
  return someLeaf(value, (leaf) => leaf instanceof Sensitive);
}

/** A value made from known ones: secret if one of them is. */
export function sealed(value: Json, sensitive: boolean): Expression {
  return sensitive ? new Sensitive(value) : value;
}

function open(value: Expression): Json {
  if (value instanceof Sensitive) return value.reveal();
  if (value instanceof Template) return null;
  if (isExpressionList(value)) return value.map(open);
  return isExpressionMap(value) ? mapEntries(value, open) : value;
}
