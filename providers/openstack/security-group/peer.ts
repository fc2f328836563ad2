import { type Address, formatAddress } from "../../../engine/model/address.js";
import { Unknown } from "../../../engine/model/value.js";
import { type Family, parseAddressRange, parseStoredRange } from "./address-range.js";
import { type Field, readText, refuse } from "./field.js";
import type { Findings } from "./findings.js";
import type { Remote } from "./rule.js";

/** Who may connect, or whom is connected to. */
export interface Peer {
  readonly remote: Remote;
  /** The families it is there for; one where it says which. */
  readonly families: readonly Family[];
}

const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/iu;
const EXPECTED =
  "an address range such as 203.0.113.0/24, an address, anywhere, self or security_group.NAME";

/** What a rule without `from` or `to` means. */
export const ANYWHERE: Peer = { remote: { kind: "anywhere" }, families: ["ipv4", "ipv6"] };

const SELF: Peer = { ...ANYWHERE, remote: { kind: "self" } };

const WORDS: ReadonlyMap<string, Peer> = new Map([
  ["anywhere", ANYWHERE],
  ["anywhere-ipv4", { ...ANYWHERE, families: ["ipv4"] }],
  ["anywhere-ipv6", { ...ANYWHERE, families: ["ipv6"] }],
  ["self", SELF],
]);

/** Reads the `from` or `to` of a short rule; undefined where it is wrong, which is reported. */
export function readPeer(field: Field, self: Address, findings: Findings): Peer | undefined {
  const group = readGroup(field.value, self);
  if (group) return { ...ANYWHERE, remote: group };
  const text = readText(field, findings);
  if (text === undefined) return undefined;
  return WORDS.get(text) ?? readRange(text, field.pointer, findings);
}

/** Reads the `remote_group` of a long rule. */
export function readRemoteGroup(
  field: Field,
  self: Address,
  findings: Findings,
): Remote | undefined {
  if (field.value === "self") return SELF.remote;
  return (
    readGroup(field.value, self) ?? refuse(field, "security_group.NAME, self or an id", findings)
  );
}

/** A reference to a group arrives as the group's id, or unknown while the group is not made. */
function readGroup(value: Field["value"], self: Address): Remote | undefined {
  if (typeof value === "string" && UUID.test(value)) return { kind: "group", id: value };
  if (!(value instanceof Unknown) || value.reference?.address.type !== self.type) return undefined;
  if (value.reference.path.join(".") !== "id") return undefined;
  const own = formatAddress(value.reference.address) === formatAddress(self);
  return own ? { kind: "self" } : { kind: "group", id: value };
}

/** Reads an address range. Bits behind its length are dropped, with a warning. */
export function readRange(text: string, pointer: string, findings: Findings): Peer | undefined {
  const range = parseAddressRange(text);
  if (!range) return findings.error(badRange(text, pointer));
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
  const remote: Remote = range.everything
    ? { kind: "anywhere" }
    : { kind: "range", prefix: range.prefix };
  return { remote, families: [range.family] };
}

function badRange(text: string, pointer: string) {
  const odd = parseStoredRange(text.trim());
  const looksLikeRange = /^[0-9a-f.:%/ ]*$/iu.test(text) && /[0-9]/u.test(text);
  const help = odd
    ? `Write ${odd.prefix}.`
    : text.startsWith("security_group.")
      ? "Write the address of a declared group: security_group.NAME."
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
      : EXPECTED,
    ...(help !== undefined && { help }),
  } as const;
}
