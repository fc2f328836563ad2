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
  const odd = parseStoredRange(text.trim());
  const looksLikeRange = /^[0-9a-f.:%/ ]*$/iu.test(text) && /[0-9]/u.test(text);
  const [, type] = /^(security_group|address_group)\./u.exec(text) ?? [];
  const help = odd
    ? `Write ${odd.prefix}.`
    : type !== undefined
      ? `Write the address of a declared group: ${type}.NAME.`
      : looksLikeRange
        ? "Write an address with its prefix length, such as 203.0.113.0/24, or one address."
        : undefined;
  return {
    code: "bad-cidr",
    summary: `${JSON.stringify(text)} is not an address range`,
    pointer,
    actual: text,
    expected: looksLikeRange
      ? "four numbers of 0-255 and a length of 0-32, or an IPv6 address and a length of 0-128"
      : expected,
    ...(help !== undefined && { help }),
  } as const;
}
