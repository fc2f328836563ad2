import { type Address, formatAddress } from "../../../engine/model/address.js";
import { Unknown, type Value } from "../../../engine/model/value.js";
import type { Family } from "../network/address-range.js";
import { readAddressRange } from "../network/declared-range.js";
import { type Field, readText, refuse } from "../network/field.js";
import type { Findings } from "../network/findings.js";
import type { Remote } from "./rule.js";

/** Who may connect, or whom is connected to. */
export interface Peer {
  readonly remote: Remote;
  /** The families it is there for; one where it says which. */
  readonly families: readonly Family[];
}

const UUID = "[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}";
const ID = new RegExp(`^${UUID}$`, "iu");
/** A reference where groups of either type may stand: the id behind its type. */
const TYPED_ID = new RegExp(`^(security_group|address_group):(${UUID})$`, "iu");
const EXPECTED =
  "an address range such as 203.0.113.0/24, an address, anywhere, self, security_group.NAME or address_group.NAME";

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
  const remote = readTyped(field.value) ?? readGroup(field.value, self) ?? readList(field.value);
  if (remote) return { ...ANYWHERE, remote };
  const text = readText(field, findings);
  if (text === undefined) return undefined;
  return WORDS.get(text) ?? readRange(text, field.pointer, findings, EXPECTED);
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

/** Reads the `remote_address_group` of a long rule. */
export function readRemoteAddressGroup(field: Field, findings: Findings): Remote | undefined {
  const { value } = field;
  if (typeof value === "string" && ID.test(value)) return { kind: "address-group", id: value };
  return readList(value) ?? refuse(field, "address_group.NAME or an id", findings);
}

function readTyped(value: Value): Remote | undefined {
  const [, type, id] = (typeof value === "string" && TYPED_ID.exec(value)) || [];
  if (id === undefined) return undefined;
  return { kind: type === "address_group" ? "address-group" : "group", id };
}

/** A reference to a group arrives as the group's id, or unknown while the group is not made. */
function readGroup(value: Value, self: Address): Remote | undefined {
  if (typeof value === "string" && ID.test(value)) return { kind: "group", id: value };
  const address = addressToCome(value);
  if (!(value instanceof Unknown) || address?.type !== self.type) return undefined;
  const own = formatAddress(address) === formatAddress(self);
  return own ? { kind: "self" } : { kind: "group", id: value };
}

/** An address group that is not made yet. */
function readList(value: Value): Remote | undefined {
  const isList = addressToCome(value)?.type === "address_group";
  return value instanceof Unknown && isList ? { kind: "address-group", id: value } : undefined;
}

/** What a value is the id of, once that is made. */
function addressToCome(value: Value): Address | undefined {
  if (!(value instanceof Unknown) || value.reference?.path.join(".") !== "id") return undefined;
  return value.reference.address;
}

/** Reads an address range, with the family that it has. */
export function readRange(
  text: string,
  pointer: string,
  findings: Findings,
  expected?: string,
): Peer | undefined {
  const range = readAddressRange(text, pointer, findings, expected);
  if (!range) return undefined;
  const remote: Remote = range.everything
    ? { kind: "anywhere" }
    : { kind: "range", prefix: range.prefix };
  return { remote, families: [range.family] };
}
