import { type Address, compareTexts } from "../../../engine/model/address.js";
import type { DecodeContext, Decoded } from "../../../engine/model/decoded.js";
import { escapePointer } from "../../../engine/model/expression.js";
import { isValueList, type Value, type ValueObject } from "../../../engine/model/value.js";
import type { AddressRange } from "../network/address-range.js";
import { readAddressRange } from "../network/declared-range.js";
import { items, readShortText, readText, refuse } from "../network/field.js";
import { Findings } from "../network/findings.js";
import { addressSet } from "./addresses.js";

/** Brings a declaration to canonical form: of each address range the one spelling, once. */
export function decodeDeclaration(body: ValueObject, { address }: DecodeContext): Decoded {
  const findings = new Findings();
  const { name = defaultName(address), description = "" } = body;
  const wanted = {
    name: readShortText({ value: name, pointer: "/name" }, findings),
    description: readShortText({ value: description, pointer: "/description" }, findings),
  };
  const ranges = readRanges(body.addresses ?? [], findings);
  return {
    attributes: {
      name: wanted.name ?? "",
      description: wanted.description ?? "",
      addresses: addressSet([...ranges.keys()]),
    },
    diagnostics: findings.all,
    pointers: Object.fromEntries(
      [...ranges].map(([prefix, pointer]) => [`/addresses/${escapePointer(prefix)}`, pointer]),
    ),
  };
}

function defaultName({ name, key }: Address): string {
  return key === undefined ? name : `${name}-${key}`;
}

/** The place of each range, by its canonical spelling. */
function readRanges(value: Value, findings: Findings): ReadonlyMap<string, string> {
  const field = { value, pointer: "/addresses" };
  if (!isValueList(value)) {
    refuse(field, "a list of address ranges", findings);
    return new Map();
  }
  const ranges = items(field).flatMap((item): readonly (readonly [string, string])[] => {
    const text = readText(item, findings);
    const range = text === undefined ? undefined : readAddressRange(text, item.pointer, findings);
    if (!range) return [];
    warnOfEverything(range, item.pointer, findings);
    return [[range.prefix, item.pointer]];
  });
  return new Map(ranges.toSorted(([a], [b]) => compareTexts(a, b)));
}

function warnOfEverything(range: AddressRange, pointer: string, findings: Findings): void {
  if (!range.everything) return;
  findings.warn({
    code: "open-to-world",
    summary: `${range.prefix} makes the address group hold every ${range.family === "ipv4" ? "IPv4" : "IPv6"} address`,
    pointer,
    actual: range.prefix,
    help: "Leave it out, and write `from: anywhere` in the rules that are meant for everybody.",
  });
}
