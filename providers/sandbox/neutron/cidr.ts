import { isIPv4, isIPv6 } from "node:net";

/** An address with a prefix length, as netaddr's `IPNetwork` holds it: host bits are kept. */
interface Network {
  readonly version: 4 | 6;
  /** 2 or 8 words of 16 bits. */
  readonly words: readonly number[];
  readonly length: number;
}

/**
 * The form in which Neutron stores a prefix: with a length, IPv6 compressed, host bits kept.
 * Undefined for what netaddr (1.x) refuses; netmasks and hostmasks are taken.
 */
export function storedCidr(text: string): { cidr: string; version: 4 | 6 } | undefined {
  const network = parse(text);
  return network && { cidr: format(network), version: network.version };
}

/** The prefix with its host bits cleared. */
export function normalizedCidr(text: string): string | undefined {
  const network = parse(text);
  if (!network) return undefined;
  const words = network.words.map((word, index) => {
    const kept = Math.min(16, Math.max(0, network.length - index * 16));
    return word & (0xffff << (16 - kept)) & 0xffff;
  });
  return format({ ...network, words });
}

function parse(text: string): Network | undefined {
  const [address = "", mask, ...rest] = text.split("/");
  const words = parseAddress(address);
  if (!words || rest.length > 0) return undefined;
  const length = mask === undefined ? words.length * 16 : parseLength(mask, words.length);
  if (length === undefined) return undefined;
  return { version: words.length === 2 ? 4 : 6, words, length };
}

function parseAddress(text: string): readonly number[] | undefined {
  if (isIPv4(text)) return ipv4Words(text);
  return isIPv6(text) && !text.includes("%") ? ipv6Words(text) : undefined;
}

function ipv4Words(text: string): readonly number[] {
  const [a = 0, b = 0, c = 0, d = 0] = text.split(".").map(Number);
  return [a * 256 + b, c * 256 + d];
}

function ipv6Words(text: string): readonly number[] {
  const [head = "", tail] = text.split("::");
  const first = groups(head);
  if (tail === undefined) return first;
  const last = groups(tail);
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
}

function groups(text: string): readonly number[] {
  const parts = text === "" ? [] : text.split(":");
  return parts.flatMap((it) => (it.includes(".") ? ipv4Words(it) : [Number.parseInt(it, 16)]));
}

/** A number as Python's `int` reads one, or a netmask or hostmask of the same family. */
function parseLength(text: string, words: number): number | undefined {
  if (/^\s*\+?\d+(_\d+)*\s*$/u.test(text)) {
    const length = Number(text.replaceAll("_", ""));
    return length <= words * 16 ? length : undefined;
  }
  const mask = parseAddress(text);
  if (mask?.length !== words) return undefined;
  const bits = mask.map((word) => word.toString(2).padStart(16, "0")).join("");
  if (/^1*0*$/u.test(bits)) return bits.lastIndexOf("1") + 1;
  return /^0*1*$/u.test(bits) ? bits.indexOf("1") : undefined;
}

function format({ version, words, length }: Network): string {
  return `${version === 4 ? dotted(words) : compressed(words)}/${length}`;
}

function dotted(words: readonly number[]): string {
  return words.flatMap((word) => [word >> 8, word & 255]).join(".");
}

/** As the C library writes IPv6: the longest run of zeros cut, IPv4-like addresses dotted. */
function compressed(words: readonly number[]): string {
  const run = longestZeros(words);
  if (run.start === 0 && (run.length === 6 || (run.length === 5 && words[5] === 0xffff))) {
    return `${run.length === 6 ? "::" : "::ffff:"}${dotted(words.slice(6))}`;
  }
  const hex = words.map((word) => word.toString(16));
  if (run.length < 2) return hex.join(":");
  const end = run.start + run.length;
  return `${hex.slice(0, run.start).join(":")}::${hex.slice(end).join(":")}`;
}

function longestZeros(words: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < words.length; start++) {
    let length = 0;
    while (words[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}
