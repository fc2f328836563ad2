import type { Address } from "../../../engine/model/address.js";

/** Nova, microversion 2.92 on: `nova/api/validation/parameter_types.py`, keypair_name_special_chars_292. */
const NAME = /^[A-Za-z0-9_\-@. ]{1,255}$/u;

/** The name of a key pair that declares none: the resource's, with the `for_each` key behind it. */
export function defaultName({ name, key }: Address): string {
  if (key === undefined) return name;
  return `${name}-${key}`.replace(/[^A-Za-z0-9_\-@. ]+/gu, "-").trim();
}

/** Why Nova refuses a name, or why nothing can be addressed by it; undefined for a good one. */
export function nameProblem(name: string): string | undefined {
  if (name === "") return "the name is empty";
  if (name.length > 255) return "the name is longer than 255 characters";
  if (name !== name.trim()) return "the name starts or ends with a blank";
  if (name === "." || name === "..") return "a URL cannot address this name";
  return NAME.test(name) ? undefined : "the name has characters that Nova refuses";
}
