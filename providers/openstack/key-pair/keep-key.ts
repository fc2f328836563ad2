import { type JsonObject, Unknown, type ValueObject } from "../../../engine/model/value.js";

/**
 * A generated key stays what it was made, whatever has become of the file since: moved to a vault,
 * or given a passphrase. Where the key pair must be made anew, or its key was exchanged by hand, the
 * file decides, and without one the new key is unknown yet.
 */
export function keepGeneratedKey(desired: ValueObject, existing: JsonObject): ValueObject {
  const isGenerated =
    desired.private_key_file !== undefined || desired.private_key_command !== undefined;
  if (!isGenerated) return desired;
  const generated = existing.generated_public_key;
  const stays =
    typeof generated === "string" &&
    generated === existing.public_key &&
    ["name", "type", "algorithm"].every((key) => desired[key] === existing[key]);
  return stays
    ? {
        ...desired,
        public_key: generated,
        ...(existing.delivered === false && { delivered: true }),
      }
    : { ...desired, public_key: desired.public_key ?? new Unknown() };
}

/**
 * The key that was generated for an instance and can be imported once more, although the instance
 * was removed outside; undefined where another is wanted by now, as a change of these would make one.
 */
export function rememberedKey(
  desired: ValueObject,
  previous: JsonObject | undefined,
): string | undefined {
  const generated = previous?.generated_public_key;
  const fits = ["name", "type", "algorithm"].every((key) => desired[key] === previous?.[key]);
  return fits && typeof generated === "string" ? generated : undefined;
}
