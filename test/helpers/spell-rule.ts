import type { PeerMeaning, RangeMeaning, RuleMeaning } from "./arbitrary-rule.js";
import type { Spelling } from "./spelling.js";

const PRESETS: Readonly<Record<string, string>> = {
  "6 22-22": "ssh",
  "6 25-25": "smtp",
  "6 80-80": "http",
  "6 443-443": "https",
  "6 3306-3306": "mysql",
  "6 5432-5432": "postgresql",
  "6 6379-6379": "redis",
};
const NAMES: ReadonlyMap<number, readonly string[]> = new Map([
  [1, ["icmp"]],
  [58, ["ipv6-icmp", "icmpv6", "icmp"]],
  [6, ["tcp"]],
  [17, ["udp"]],
  [33, ["dccp"]],
  [132, ["sctp"]],
  [136, ["udplite"]],
  [0, ["hopopt"]],
  [2, ["igmp"]],
  [47, ["gre"]],
  [50, ["esp"]],
  [112, ["vrrp"]],
]);

/** Spells a group from where a rule stands: `self`, an address, or `${...}`; `bare` is an address. */
export type SpellGroup = (peer: GroupPeer, bare: boolean) => string;

/** A group or an address group. */
type GroupPeer = Extract<PeerMeaning, { kind: "group" | "addresses" }>;

/** The rules as entries of `rules`, in some order and some of the ways that mean the same. */
export function spellRules(
  rules: readonly RuleMeaning[],
  spellGroup: SpellGroup,
  spelling: Spelling,
): readonly unknown[] {
  const left = spelling.shuffled(rules).map((rule) => ({
    ...rule,
    description: rule.description.replaceAll("${", () => "$${"),
  }));
  const entries: unknown[] = [];
  for (let rule = left.pop(); rule !== undefined; rule = left.pop()) {
    entries.push(
      spelling.rarely(3)
        ? longForm(rule, spellGroup, spelling)
        : shortForm(rule, left, spellGroup, spelling),
    );
  }
  return entries;
}

/** One entry for the rule and, sometimes, for others that can be told in the same one. */
function shortForm(
  rule: RuleMeaning,
  left: RuleMeaning[],
  spellGroup: SpellGroup,
  spelling: Spelling,
): unknown {
  const key = rule.direction === "ingress" ? "from" : "to";
  const service = spellService(rule, spelling);
  const twin = { ...rule, family: rule.family === "ipv4" ? ("ipv6" as const) : ("ipv4" as const) };
  const open = rule.peer.kind !== "range";
  const typed = (rule.protocol === 1 || rule.protocol === 58) && rule.range !== null;
  const description =
    rule.description === "" && spelling.below(2) === 0 ? {} : { description: rule.description };
  if (open && !typed && spelling.rarely(2) && takeOut(left, withProtocolOf(twin))) {
    const both = rule.protocol === 58 || rule.protocol === 1 ? "icmp" : service;
    return {
      [rule.direction]: both,
      ...openPeer(rule.peer, key, spellGroup, spelling),
      ...description,
    };
  }
  const more = alike(rule, left, spelling).map((it) => spellService(it, spelling));
  const services = more.length > 0 || spelling.rarely(6) ? [service, ...more] : service;
  return {
    [rule.direction]: services,
    ...closedPeer(rule, key, spellGroup, spelling),
    ...description,
  };
}

/** Takes some of the rules that differ from this one in nothing but the service. */
function alike(rule: RuleMeaning, left: RuleMeaning[], spelling: Spelling): readonly RuleMeaning[] {
  const rest = ({ direction, family, peer, description }: RuleMeaning) =>
    JSON.stringify([direction, family, peer, description]);
  const found = left.filter((it) => rest(it) === rest(rule) && spelling.below(2) === 1);
  for (const it of found) left.splice(left.indexOf(it), 1);
  return found;
}

function withProtocolOf(twin: RuleMeaning): RuleMeaning {
  if (twin.protocol !== 1 && twin.protocol !== 58) return twin;
  return { ...twin, protocol: twin.family === "ipv4" ? 1 : 58 };
}

function isGroup(peer: PeerMeaning): peer is GroupPeer {
  return peer.kind === "group" || peer.kind === "addresses";
}

function takeOut(left: RuleMeaning[], wanted: RuleMeaning): boolean {
  const text = JSON.stringify(wanted);
  const index = left.findIndex((it) => JSON.stringify(it) === text);
  if (index >= 0) left.splice(index, 1);
  return index >= 0;
}

function openPeer(peer: PeerMeaning, key: string, spellGroup: SpellGroup, spelling: Spelling) {
  if (isGroup(peer)) return { [key]: spellGroup(peer, peer.kind === "addresses") };
  return spelling.below(2) === 0 ? {} : { [key]: "anywhere" };
}

function closedPeer(
  { family, peer }: RuleMeaning,
  key: string,
  spellGroup: SpellGroup,
  spelling: Spelling,
) {
  if (peer.kind === "range") {
    const text = spellRange(peer, spelling);
    const told = spelling.rarely(4) ? { family } : {};
    return { [key]: spelling.rarely(5) ? [text] : text, ...told };
  }
  if (isGroup(peer)) return { [key]: spellGroup(peer, peer.kind === "addresses"), family };
  const all = family === "ipv4" ? ["0.0.0.0/0", "anywhere-ipv4"] : ["::/0", "anywhere-ipv6"];
  return spelling.below(2) === 0 ? { family } : { [key]: spelling.one("", ...all) || all[0] };
}

function spellService({ protocol, range }: RuleMeaning, spelling: Spelling): string {
  if (protocol === null) return spelling.one("all", "any", "ALL");
  const name = spelling.one(...namesOf(protocol));
  if (range === null) return spellBare(protocol, name, spelling);
  const [first, last] = range;
  if (protocol === 1 || protocol === 58)
    return last < 0 ? `${name}/${first}` : `${name}/${first}/${last}`;
  const numbers =
    first === last ? spelling.one(`${first}`, `${first}-${last}`) : `${first}-${last}`;
  const known = PRESETS[`${protocol} ${first}-${last}`];
  const text = `${name}/${numbers}`;
  return known
    ? spelling.one(text, known, known.toUpperCase())
    : spelling.one(text, text.toUpperCase());
}

function spellBare(protocol: number, name: string, spelling: Spelling): string {
  const number = `protocol/${protocol}`;
  if (protocol === 6) return spelling.one(name, number, "all_tcp", "all-tcp", "tcp/1-65535", "6");
  if (protocol === 17) return spelling.one(name, number, "all_udp", "UDP/1-65535");
  return name === "" ? number : spelling.one(name, name.toUpperCase(), number);
}

function namesOf(protocol: number): readonly [string, ...string[]] {
  const [first = "", ...others] = NAMES.get(protocol) ?? [];
  return [first, ...others];
}

function longForm(rule: RuleMeaning, spellGroup: SpellGroup, spelling: Spelling): unknown {
  const { direction, family, range, peer, description } = rule;
  const ethertype = family === "ipv4" ? "IPv4" : "IPv6";
  const [first, last] = range ?? [];
  return {
    direction,
    ...(family === "ipv4" && spelling.below(2) === 0 ? {} : { ethertype }),
    ...longProtocol(rule, spelling),
    ...(first !== undefined && { port_range_min: first }),
    ...(last !== undefined && last >= 0 && { port_range_max: last }),
    ...(range === null && hasPorts(rule.protocol) && spelling.rarely(4)
      ? { port_range_min: 1, port_range_max: 65535 }
      : {}),
    ...(peer.kind === "range" && { remote_ip_prefix: spellRange(peer, spelling) }),
    ...(peer.kind === "group" && { remote_group: spellGroup(peer, false) }),
    ...(peer.kind === "addresses" && { remote_address_group: spellGroup(peer, false) }),
    ...(peer.kind === "anywhere" && spelling.rarely(3)
      ? { remote_ip_prefix: family === "ipv4" ? "0.0.0.0/0" : "::/0" }
      : {}),
    ...(description !== "" && { description }),
  };
}

function longProtocol({ protocol }: RuleMeaning, spelling: Spelling) {
  if (protocol === null) return spelling.below(2) === 0 ? {} : { protocol: "any" };
  const [name, ...others] = namesOf(protocol);
  return { protocol: spelling.one(name || protocol, ...others, protocol, String(protocol)) };
}

function hasPorts(protocol: number | null): boolean {
  return protocol !== null && [6, 17, 33, 132, 136].includes(protocol);
}

/** With bits behind the length, without the length of a single address, IPv6 more or less short. */
export function spellRange({ address, length }: RangeMeaning, spelling: Spelling): string {
  const whole = length === address.length * 8;
  const noisy = spelling.rarely(4)
    ? address.map((it, index) => it | noise(index, length))
    : address;
  const text = address.length === 4 ? noisy.join(".") : spellIpv6(noisy, spelling);
  return whole && spelling.below(2) === 1 ? text : `${text}/${length}`;
}

/** The bits of this byte that lie behind the length. */
function noise(index: number, length: number): number {
  const kept = Math.min(8, Math.max(0, length - index * 8));
  return 0xff >> kept;
}

function spellIpv6(address: readonly number[], spelling: Spelling): string {
  const hextets = Array.from({ length: 8 }, (_, index) =>
    ((address[index * 2] ?? 0) * 256 + (address[index * 2 + 1] ?? 0)).toString(16),
  );
  const full = hextets.join(":");
  const padded = hextets.map((it) => it.padStart(4, "0")).join(":");
  const tail = address.slice(12).join(".");
  const dotted = `${hextets.slice(0, 6).join(":")}:${tail}`;
  const short = full
    .replace(/(^|:)0(:0)+(?=:|$)/u, "$1:")
    .replace(/^:(?!:)/u, "::")
    .replace(/:{3,}/u, "::");
  const shortest = short.endsWith(":") && !short.endsWith("::") ? `${short}:` : short;
  return spelling.one(full, padded, full.toUpperCase(), shortest, dotted);
}
