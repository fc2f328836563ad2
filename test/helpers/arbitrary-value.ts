import fc from "fast-check";
import {
  isValueList,
  isValueObject,
  type JsonObject,
  mapEntries,
  Sensitive,
  Unknown,
  type Value,
} from "../../engine/model/value.js";

const attribute = fc.constantFrom("id", "name", "rules");
const unknown = fc.oneof(
  fc.constant(new Unknown()),
  attribute.map((key) => {
    const at = { line: 1, column: 1 };
    const range = { file: "main.yaml", start: at, end: at };
    return new Unknown({ address: { type: "security_group", name: "x" }, path: [key], range });
  }),
);

/** Any value that an evaluated declaration may have somewhere: also unknown ones and secrets. */
export const arbitraryValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, -1, 22, 65536, 1.5, "", "self", "__proto__"),
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.double(),
    unknown,
    fc.string({ maxLength: 5 }).map((it) => new Sensitive(it)),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 8 }), tie("value"), { maxKeys: 3 }),
  ),
})).value;

/** The value with one of its parts, at any depth, replaced by any other. */
export function mutated(value: JsonObject): fc.Arbitrary<Value> {
  return fc
    .tuple(fc.nat(countParts(value)), arbitraryValue)
    .map(([at, other]) => replacePart(value, { left: at }, other));
}

function countParts(value: Value): number {
  const parts = isValueList(value) ? value : isValueObject(value) ? Object.values(value) : [];
  return parts.reduce<number>((sum, it) => sum + countParts(it), 1);
}

/** Replaces the part that is reached when `left` is counted down. */
function replacePart(value: Value, counter: { left: number }, other: Value): Value {
  counter.left -= 1;
  if (counter.left === -1) return other;
  if (isValueList(value)) return value.map((it) => replacePart(it, counter, other));
  if (isValueObject(value)) return mapEntries(value, (it) => replacePart(it, counter, other));
  return value;
}
