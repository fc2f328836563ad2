import IPCIDR from "ip-cidr";

export type Family = "ipv4" | "ipv6";

/** A range of addresses in its one canonical spelling. */
export interface AddressRange {
  readonly family: Family;
  /** Network address and length, as Neutron's `normalized_cidr`: `203.0.113.0/24`, `2001:db8::/32`. */
  readonly prefix: string;
  /** Whether it holds every address of its family. */
  readonly everything: boolean;
  /** Whether the text had bits set behind the length; they mean nothing. */
  readonly hostBits: boolean;
}

const STRICT = /^([0-9A-Fa-f:.]+)(?:\/(0|[1-9][0-9]{0,2}))?$/u;
const EMBEDDED = /^(.*:)([0-9.]+)$/u;
const LOW_32_BITS = /^::(ffff:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})$/u;

/** Most ranges of a cloud are the same few, and parsing one takes as long as all else of its rule. */
const READ = new Map<string, AddressRange | undefined>();
const MOST_KEPT = 10_000;

/** Reads `ADDRESS/LENGTH` or a bare address; undefined for anything else, netmasks among it. */
export function parseAddressRange(text: string): AddressRange | undefined {
  if (READ.has(text)) return READ.get(text);
  if (READ.size >= MOST_KEPT) READ.clear();
  const range = readRange(text);
  READ.set(text, range);
  return range;
}

function readRange(text: string): AddressRange | undefined {
  const [, address, length] = STRICT.exec(text) ?? [];
  if (address === undefined) return undefined;
  const family = familyOf(address);
  const bits = length === undefined ? familyBits(family) : Number(length);
  const cidr = parseCidr(address, bits);
  if (!cidr) return undefined;
  const start = cidr.addressStart.correctForm();
  return {
    family,
    prefix: `${withDottedTail(start)}/${bits}`,
    everything: bits === 0,
    hostBits: start !== cidr.address.correctForm(),
  };
}

/** The two halves of a range; undefined for a single address. */
export function splitRange(range: AddressRange): readonly [string, string] | undefined {
  const [address = "", length] = range.prefix.split("/");
  const bits = Number(length) + 1;
  const width = familyBits(range.family);
  if (bits > width) return undefined;
  const start = parseCidr(address, width)?.start<bigint>({ type: "bigInteger" }) ?? 0n;
  const upper = formatBits(start | (1n << BigInt(width - bits)), range.family);
  return [`${address}/${bits}`, `${withDottedTail(upper)}/${bits}`];
}

/** Whether a range holds all of another; each in its canonical spelling. */
export function holdsRange(outer: string, inner: string): boolean {
  const [, bits] = outer.split("/");
  const [address, innerBits] = inner.split("/");
  return (
    Number(bits) <= Number(innerBits) && parseAddressRange(`${address}/${bits}`)?.prefix === outer
  );
}

/**
 * Reads what Neutron may have accepted: also netmasks, hostmasks and lengths such as `08`, `+8`
 * and ` 8` (netaddr.IPNetwork).
 */
export function parseStoredRange(text: string): AddressRange | undefined {
  const [address = "", mask, ...rest] = text.split("/");
  if (mask === undefined || rest.length > 0) return parseAddressRange(text);
  const [, length] = /^ *\+?0*([0-9]+)$/u.exec(mask) ?? [];
  const bits = length ?? maskLength(mask);
  return bits === undefined ? undefined : parseAddressRange(`${address}/${bits}`);
}

function familyOf(address: string): Family {
  return address.includes(":") ? "ipv6" : "ipv4";
}

function familyBits(family: Family): number {
  return family === "ipv4" ? 32 : 128;
}

/** ip-cidr takes `::1.2.3.4` for an IPv4 address, so that form is spelt out before it is asked. */
function parseCidr(address: string, bits: number): IPCIDR | undefined {
  const [, head = "", tail = ""] = (address.includes(":") && EMBEDDED.exec(address)) || [];
  try {
    if (!tail.includes(".")) return new IPCIDR(`${address}/${bits}`);
    const low = new IPCIDR(`${tail}/32`).start<bigint>({ type: "bigInteger" });
    return new IPCIDR(`${head}${hextet(low >> 16n)}:${hextet(low & 0xffffn)}/${bits}`);
  } catch {
    return undefined;
  }
}

/** An address from its bits, in its shortest form. */
function formatBits(bits: bigint, family: Family): string {
  const [width, count, base] = family === "ipv4" ? ([8n, 4, 10] as const) : ([16n, 8, 16] as const);
  const parts = Array.from({ length: count }, (_, index) =>
    ((bits >> (width * BigInt(count - 1 - index))) & ((1n << width) - 1n)).toString(base),
  );
  const text = parts.join(family === "ipv4" ? "." : ":");
  return parseCidr(text, familyBits(family))?.address.correctForm() ?? text;
}

function hextet(value: bigint): string {
  return value.toString(16);
}

/** As inet_ntop, and so Neutron, prints it: the last 32 bits after `::` or `::ffff:` in dots. */
function withDottedTail(address: string): string {
  const [, mapped = "", high, low] = LOW_32_BITS.exec(address) ?? [];
  if (high === undefined || low === undefined) return address;
  const dotted = [high, low].flatMap((part) => {
    const value = Number.parseInt(part, 16);
    return [value >> 8, value & 0xff];
  });
  return `::${mapped}${dotted.join(".")}`;
}

/** The length of a netmask (ones, then zeros) or hostmask (zeros, then ones). */
function maskLength(mask: string): number | undefined {
  const width = familyBits(familyOf(mask));
  const cidr = parseCidr(mask, width);
  if (!cidr) return undefined;
  const value = cidr.start<bigint>({ type: "bigInteger" });
  const inverse = (1n << BigInt(width)) - 1n - value;
  if (isRunOfOnes(inverse)) return width - bitLength(inverse);
  return isRunOfOnes(value) ? width - bitLength(value) : undefined;
}

/** Whether all set bits are at the low end. */
function isRunOfOnes(value: bigint): boolean {
  return (value & (value + 1n)) === 0n;
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}
