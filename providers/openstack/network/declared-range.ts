import { type AddressRange, parseAddressRange, parseStoredRange } from "./address-range.js";
import type { Findings } from "./findings.js";

/** Reads a declared address range. Bits behind its length are dropped, with a warning. */
export function readAddressRange(
  text: string,
  pointer: string,
  findings: Findings,
  /** What may stand there, where that is more than an address range. */
  expected = "an address range such as 203.0.113.0/24, or an address",
): AddressRange | undefined {
  const range = parseAddressRange(text);
  if (!range) return findings.error(badRange(text, pointer, expected));
  if (range.hostBits) {
    findings.warn({
      code: "host-bits",
      summary: `${text} has bits set behind its length: it means ${range.prefix}`,
      pointer,
      actual: text,
      expected: range.prefix,
      help: `Write ${range.prefix}, or the address alone if one host is meant.`,
    });
  }
  return range;
}

function badRange(text: string, pointer: string, expected: string) {
  const looksLikeRange = /^[0-9a-f.:%/ ]*$/iu.test(text) && /[0-9]/u.test(text);
  return {
    code: "bad-cidr",
    summary: `${JSON.stringify(text)} is not an address range`,
    pointer,
    actual: text,
    expected: looksLikeRange
      ? "four numbers of 0-255 and a length of 0-32, or an IPv6 address and a length of 0-128"
      : expected,
    help: remedy(text, expected),
  } as const;
}

function remedy(text: string, expected: string): string {
  if (text.trim() === "" && expected.includes("anywhere")) return "Leave it out for anywhere.";
  const [address = "", zone] = text.split("%");
  const odd = parseStoredRange((zone === undefined ? text : address).trim());
  if (odd && zone !== undefined) return `Remove the zone: ${odd.prefix}.`;
  if (odd) return `Write ${odd.prefix}.`;
  const [, type] = /^(security_group|address_group)\./u.exec(text) ?? [];
  if (type !== undefined) return `Write the address of a declared group: ${type}.NAME.`;
  if (/^[0-9a-f.:]+ *- *[0-9a-f.:]+$/iu.test(text)) {
    return "Write the prefixes that make it up, as a list: [203.0.113.0/25, 203.0.113.128/26].";
  }
  const isName = /^[a-z_][\w-]*$/iu.test(text);
  if (isName && expected.includes("security_group")) {
    return `Write security_group.${text} if you mean that group, or an address range.`;
  }
  return "Write an address with its prefix length, such as 203.0.113.0/24, or one address.";
}
