import type { Findings } from "../network/findings.js";
import type { Ports } from "./service.js";

/** A number and where it stands. */
export interface PlacedNumber {
  readonly number: number;
  readonly pointer: string;
}

/** A port range of 1-65535, the right way round. */
export function readPortRange(
  first: PlacedNumber,
  last: PlacedNumber,
  findings: Findings,
): Ports | undefined {
  const wrong = [first, last].find(({ number }) => number < 1 || number > 65535);
  if (wrong) {
    return findings.error({
      code: "bad-port",
      summary: `${wrong.number} is not a port`,
      pointer: wrong.pointer,
      actual: String(wrong.number),
      expected: "a number from 1 to 65535",
      help:
        wrong.number < 1
          ? "Leave the ports out to mean all of them."
          : "Write a port that exists; 65535 is the last.",
    });
  }
  if (first.number > last.number) {
    return findings.error({
      code: "bad-port",
      summary: "the port range is upside down",
      pointer: first.pointer,
      actual: `${first.number}-${last.number}`,
      expected: `${last.number}-${first.number}`,
      help: "Write the lower port first.",
    });
  }
  return { first: first.number, last: last.number };
}

/** An ICMP type, with a code or for every code. Zero is a number like any other. */
export function readIcmp(
  type: PlacedNumber,
  code: PlacedNumber | undefined,
  findings: Findings,
): Ports | undefined {
  const wrong = [type, ...(code ? [code] : [])].find(({ number }) => number < 0 || number > 255);
  if (!wrong) return { first: type.number, last: code?.number ?? null };
  return findings.error({
    code: "bad-icmp",
    summary: `${wrong.number} is not an ICMP ${wrong === type ? "type" : "code"}`,
    pointer: wrong.pointer,
    actual: String(wrong.number),
    expected: "a number from 0 to 255",
    help: "Write a number that exists, or leave it out to mean every one.",
  });
}
