import fc from "fast-check";

/** The network address in bytes, with its length in bits. */
export interface RangeMeaning {
  readonly kind: "range";
  readonly address: readonly number[];
  readonly length: number;
}

/** The other end of a rule. */
export type PeerMeaning =
  | { readonly kind: "anywhere" }
  | RangeMeaning
  /** A group of the configuration, by its place among them; its own is `self`. */
  | { readonly kind: "group"; readonly index: number }
  /** An address group of the configuration, by its place among them. */
  | { readonly kind: "addresses"; readonly index: number };

/** What a rule means, in no spelling of the language. */
export interface RuleMeaning {
  readonly direction: "ingress" | "egress";
  readonly family: "ipv4" | "ipv6";
  /** Null for every protocol. */
  readonly protocol: number | null;
  /** Ports, or an ICMP type with its code (-1: every code); null for all. */
  readonly range: readonly [number, number] | null;
  readonly peer: PeerMeaning;
  readonly description: string;
}

const WITH_PORTS = [6, 6, 6, 17, 17, 33, 132, 136] as const;
const WITHOUT_PORTS = [0, 2, 4, 47, 50, 51, 89, 112, 113, 200, 255] as const;
const IPV6_ONLY = [41, 43, 44, 59, 60] as const;
const FAMOUS = [22, 25, 53, 80, 443, 3306, 5432, 6379, 1, 65535] as const;

const port = fc.oneof(fc.constantFrom(...FAMOUS), fc.integer({ min: 1, max: 65535 }));
const ports = fc.oneof(
  fc.constant(null),
  port.map((it): readonly [number, number] => [it, it]),
  fc.tuple(port, port).map(([a, b]): readonly [number, number] => [Math.min(a, b), Math.max(a, b)]),
);
const byte = fc.integer({ min: 0, max: 255 });
const icmp = fc.oneof(
  fc.constant(null),
  fc.tuple(fc.oneof(fc.constantFrom(0, 8, 128), byte), fc.oneof(fc.constantFrom(-1, 0), byte)),
);

/** Protocol and range; ICMP's number is that of IPv4 here. */
const service = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ protocol: null, range: null }) },
  { weight: 6, arbitrary: fc.record({ protocol: fc.constantFrom(...WITH_PORTS), range: ports }) },
  { weight: 2, arbitrary: fc.record({ protocol: fc.constant(1), range: icmp }) },
  {
    weight: 2,
    arbitrary: fc.record({
      protocol: fc.constantFrom(...WITHOUT_PORTS, ...IPV6_ONLY),
      range: fc.constant(null),
    }),
  },
);

const bytes: fc.Arbitrary<readonly number[]> = fc.oneof(
  fc.constantFrom([203, 0, 113, 0], [192, 0, 2, 10], [0, 0, 0, 0]),
  fc.tuple(byte, byte, byte, byte),
);
/** Hextets with runs of zeros, which have several spellings. */
const hextets = fc.array(
  fc.oneof(fc.constantFrom(0, 0, 0, 0xdb8, 0x2001, 0xffff), fc.integer({ min: 0, max: 65535 })),
  { minLength: 8, maxLength: 8 },
);

const peer = fc.oneof(
  fc.record({ kind: fc.constant("anywhere" as const) }),
  fc.record({
    kind: fc.constant("range" as const),
    four: bytes,
    six: hextets.map(bytesOf),
    length: fc.oneof(fc.constantFrom(0, 8, 16, 24, 32, 48, 64, 128), fc.nat(128)),
  }),
  fc.record({
    kind: fc.constantFrom("group" as const, "group" as const, "addresses" as const),
    index: fc.nat(5),
  }),
);

/** Any address range but the two that are everywhere. */
export const arbitraryRange: fc.Arbitrary<RangeMeaning> = fc
  .record({
    address: fc.oneof(bytes, hextets.map(bytesOf)),
    length: fc.oneof(fc.constantFrom(8, 16, 24, 32), fc.integer({ min: 1, max: 128 })),
  })
  .map(({ address, length }) => {
    const range = rangeOf(address, Math.min(length, address.length * 8));
    return range.kind === "range" ? range : { kind: "range", address: [192, 0, 2, 1], length: 32 };
  });

/** Any rule. */
export const arbitraryRule: fc.Arbitrary<RuleMeaning> = fc
  .record({
    direction: fc.constantFrom("ingress" as const, "ingress" as const, "egress" as const),
    family: fc.constantFrom("ipv4" as const, "ipv6" as const),
    service,
    peer,
    description: fc.oneof(
      fc.constantFrom("", "", 'why: # it\'s "here"'),
      fc.string({ maxLength: 9 }),
    ),
  })
  .map(({ direction, family, service: { protocol, range }, peer: other, description }) => {
    const only: readonly number[] = IPV6_ONLY;
    const able = protocol !== null && only.includes(protocol) ? "ipv6" : family;
    return {
      direction,
      family: able,
      protocol: protocol === 1 && able === "ipv6" ? 58 : protocol,
      range: everyPort(protocol, range) ? null : range,
      peer:
        other.kind === "range"
          ? rangeOf(other[able === "ipv4" ? "four" : "six"], other.length)
          : other,
      description,
    };
  });

/** The text that tells meanings apart: all but the description. */
export function meaningOf({ description: _, ...rule }: RuleMeaning): string {
  return JSON.stringify(rule, Object.keys({ ...rule, ...rule.peer }).sort());
}

function bytesOf(parts: readonly number[]): readonly number[] {
  return parts.flatMap((it) => [it >> 8, it & 255]);
}

function everyPort(protocol: number | null, range: readonly [number, number] | null): boolean {
  return protocol !== 1 && range?.[0] === 1 && range[1] === 65535;
}

/** The network with the bits behind its length cleared; of length 0 it is anywhere. */
function rangeOf(address: readonly number[], bits: number): PeerMeaning {
  const length = bits % (address.length * 8 + 1);
  if (length === 0) return { kind: "anywhere" };
  const masked = address.map((it, index) => {
    const kept = Math.min(8, Math.max(0, length - index * 8));
    return it & (0xff << (8 - kept)) & 0xff;
  });
  return { kind: "range", address: masked, length };
}
