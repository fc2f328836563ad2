import type { Json, JsonObject } from "../../../engine/model/value.js";
import { type Exchange, send } from "../exchange.js";

const GROUPS = "network /v2.0/security-groups";
const RULES = "network /v2.0/security-group-rules";

function rule(values: JsonObject): JsonObject {
  return { security_group_id: "$group", direction: "ingress", ...values };
}

function post(values: JsonObject, capture?: Exchange["capture"]): Exchange {
  const body = { security_group_rule: rule(values) };
  return send("demo2", `POST ${RULES}`, body, capture ? { capture } : {});
}

function bulk(values: readonly JsonObject[]): Exchange {
  return send("demo2", `POST ${RULES}`, { security_group_rules: values.map(rule) });
}

/** Values that are stored in one form or another. */
const TAKEN: readonly JsonObject[] = [
  { protocol: "tcp", port_range_min: 22, port_range_max: 22 },
  { protocol: "TCP", port_range_min: "23", port_range_max: "23" },
  { protocol: 6, port_range_min: 24, port_range_max: 25 },
  { protocol: "6", port_range_min: 26, port_range_max: 26 },
  { protocol: "udp", port_range_min: 1, port_range_max: 65_535 },
  { protocol: "sctp", port_range_min: 1, port_range_max: 2 },
  { protocol: "udplite", port_range_min: 9, port_range_max: 9 },
  { protocol: "icmp" },
  { protocol: "icmp", port_range_min: 8, port_range_max: 0 },
  { protocol: "icmp", port_range_min: 0 },
  { protocol: "1", port_range_min: 3 },
  { protocol: "icmp", ethertype: "IPv6" },
  { protocol: "icmpv6", ethertype: "ipv6", port_range_min: 128 },
  { protocol: 1, ethertype: "IPv6", port_range_min: 129 },
  { protocol: "58", ethertype: "IPv6", port_range_min: 130 },
  { protocol: "ipv6-route", ethertype: "IPv6" },
  { protocol: "vrrp" },
  { protocol: "0" },
  { protocol: "hopopt" },
  { protocol: "255" },
  { protocol: "esp", description: "a description" },
  { remote_ip_prefix: "10.0.0.5/8" },
  { remote_ip_prefix: "10.0.0.0/8" },
  { remote_ip_prefix: "192.168.1.1" },
  { remote_ip_prefix: "10.0.0.0/255.255.0.0" },
  { remote_ip_prefix: "10.0.0.0/0.0.0.255" },
  { remote_ip_prefix: "1.2.3.4/0" },
  { remote_ip_prefix: "10.9.0.0/+16" },
  { remote_ip_prefix: "10.9.0.0/017" },
  { remote_ip_prefix: "2001:DB8:0:0::1/32", ethertype: "IPv6" },
  { remote_ip_prefix: "2001:db8::/ffff:ffff::", ethertype: "IPv6" },
  { remote_ip_prefix: "::ffff:10.0.0.1/120", ethertype: "IPv6" },
  { remote_ip_prefix: "::1.2.3.4/96", ethertype: "IPv6" },
  { remote_ip_prefix: "1:0:0:2:0:0:0:3/128", ethertype: "IPv6" },
  { remote_ip_prefix: "1::1.2.3.4", ethertype: "IPv6" },
  { remote_ip_prefix: "::/0", ethertype: "IPv6", protocol: "tcp" },
  { remote_ip_prefix: "0.0.0.0/0", protocol: "tcp" },
  { remote_ip_prefix: "", protocol: "gre" },
  { remote_group_id: "$group" },
  { remote_group_id: "", protocol: "ah" },
  { direction: "egress", protocol: "tcp" },
  { port_range_min: 1, port_range_max: 65_535, protocol: null },
];

/** Rules that Neutron takes for the same as one of the above. */
const TWICE: readonly JsonObject[] = [
  { protocol: "6", port_range_min: 22, port_range_max: 22, description: "other words" },
  { protocol: "tcp", port_range_min: 26, port_range_max: 26 },
  { protocol: "udp" },
  { protocol: "17" },
  { protocol: "1" },
  { protocol: "112" },
  { protocol: "ip" },
  { protocol: "icmpv6", ethertype: "IPv6" },
  { protocol: "58", ethertype: "IPv6" },
  { protocol: "58", ethertype: "IPv6", port_range_min: 128 },
  { protocol: "tcp", ethertype: "IPv6" },
  { protocol: "tcp" },
  { remote_ip_prefix: "0.0.0.0/0" },
  { remote_ip_prefix: "192.168.1.1/32" },
  { direction: "egress" },
  { direction: "egress", remote_ip_prefix: "0.0.0.0/0" },
];

const REFUSED: readonly JsonObject[] = [
  { direction: "sideways" },
  { direction: null },
  { direction: "INGRESS" },
  { ethertype: "x" },
  { ethertype: null },
  { ethertype: 4 },
  { protocol: "any" },
  { protocol: 256 },
  { protocol: -1 },
  { protocol: "" },
  { protocol: " tcp" },
  { protocol: "tcp", port_range_min: "abc", port_range_max: 1 },
  { protocol: "tcp", port_range_min: 80 },
  { protocol: "tcp", port_range_max: 80 },
  { protocol: "tcp", port_range_min: 90, port_range_max: 80 },
  { protocol: "tcp", port_range_min: 0, port_range_max: 80 },
  { protocol: "tcp", port_range_min: 80, port_range_max: 70_000 },
  { protocol: "tcp", port_range_min: -1, port_range_max: 80 },
  { port_range_min: 80, port_range_max: 80 },
  { protocol: "esp", port_range_min: 80, port_range_max: 80 },
  { protocol: "icmp", port_range_max: 8 },
  { protocol: "icmp", port_range_min: 300 },
  { protocol: "icmp", port_range_min: -1 },
  { protocol: "icmp", port_range_min: 3, port_range_max: 256 },
  { protocol: "ipv6-icmp" },
  { protocol: "58" },
  { remote_ip_prefix: "::/0" },
  { remote_ip_prefix: "10.0.0.0/8", ethertype: "IPv6" },
  { remote_ip_prefix: "999.1.1.1/8" },
  { remote_ip_prefix: "10.0.0.0/33" },
  { remote_ip_prefix: "10.0.0.0/8/8" },
  { remote_ip_prefix: "fe80::1%eth0", ethertype: "IPv6" },
  { remote_ip_prefix: "10.0.0.0/255.0.255.0" },
  { remote_ip_prefix: 5 },
  { remote_ip_prefix: "10.0.0.0/8", remote_group_id: "$group" },
  { remote_group_id: "$group", remote_address_group_id: "nope" },
  { remote_group_id: "nope" },
  { remote_address_group_id: "nope" },
  { security_group_id: "nope" },
  { description: "x".repeat(256) },
  { description: null, protocol: "rsvp" },
  { bogus: 1 },
  { id: "x" },
  { normalized_cidr: "10.0.0.0/8" },
];

const LISTS = [
  "?protocol=TCP",
  "?protocol=6",
  "?protocol=bogus",
  "?port_range_min=22",
  "?port_range_min=",
  "?remote_ip_prefix=",
  "?remote_ip_prefix=192.168.1.1",
  "?normalized_cidr=10.0.0.0/8&limit=1&sort_key=protocol&sort_dir=desc&fields=protocol",
  "?ethertype=ipv6",
  "?ethertype=bogus",
  "?direction=x",
  "?direction=EGRESS",
  "?description=",
  "?description=a%20description",
  "?remote_group_id=$group",
  "?remote_group_id=null",
  "?revision_number=0&protocol=esp",
  "?project_id=$demo2.project&protocol=gre",
  "?bogus=1",
  "?created_at=x",
];

/** Neutron's security group rules. */
export const RULE_EXCHANGES: readonly Exchange[] = [
  send(
    "demo2",
    `POST ${GROUPS}`,
    { security_group: { name: "fidelity-r" } },
    {
      capture: { group: "/security_group/id" },
    },
  ),
  send(
    "demo2",
    `POST ${GROUPS}`,
    { security_group: { name: "fidelity-s" } },
    {
      capture: { second: "/security_group/id" },
    },
  ),
  post({}, { rule: "/security_group_rule/id" }),
  ...TAKEN.map((values) => post(values)),
  ...TWICE.map((values) => post(values)),
  ...REFUSED.map((values) => post(values)),
  send("demo2", `POST ${RULES}`, { security_group_rule: { direction: "ingress" } }),
  send("demo2", `POST ${RULES}`, { security_group_rule: { security_group_id: "$group" } }),
  ...LISTS.map((query) => send("demo2", `GET ${RULES}${query}&security_group_id=$second`)),
  ...LISTS.slice(0, 6).map((query) => send("demo2", `GET ${RULES}${query}&security_group_id=nope`)),
  send(
    "demo2",
    `GET ${RULES}?security_group_id=$group&sort_key=protocol&sort_dir=asc&fields=protocol`,
  ),
  send("demo2", `GET ${GROUPS}/$group`),
  send("demo2", `GET ${RULES}/$rule`),
  send("demo2", `GET ${RULES}/$rule?fields=direction`),
  send("demo", `GET ${RULES}/$rule`),
  send("demo", `DELETE ${RULES}/$rule`),
  send("demo", `POST ${RULES}`, { security_group_rule: rule({ protocol: "egp" }) }),
  send("admin", `POST ${RULES}`, { security_group_rule: rule({ protocol: "egp" }) }),
  send("admin", `GET ${RULES}/$rule`),
  ...["PATCH", "POST"].map((method) => send("demo2", `${method} ${RULES}/$rule`, {})),
  send("demo2", `PUT ${RULES}/$rule`, { security_group_rule: { protocol: "udp" } }),
  send("demo2", `PUT ${RULES}/$rule`, { security_group_rule: { description: "x" } }),
  send("demo2", `DELETE ${RULES}/$rule`),
  send("demo2", `DELETE ${RULES}/$rule`),
  send("demo2", `GET ${RULES}/$rule`),
  send("demo2", `GET ${GROUPS}/$group?fields=revision_number`),
  send("demo2", `DELETE ${GROUPS}/$group`),
  send("demo2", `DELETE ${GROUPS}/$second`),
];

/** Neutron counts the rules of one request as one change of their group, or each by itself. */
const BULK_REVISION = { unstable: ["revision_number"] } as const;

/** Many rules at once, and what the end of a group takes with it. */
export const BULK_EXCHANGES: readonly Exchange[] = [
  send(
    "demo2",
    `POST ${GROUPS}`,
    { security_group: { name: "fidelity-u" } },
    {
      capture: { group: "/security_group/id" },
    },
  ),
  send(
    "demo2",
    `POST ${GROUPS}`,
    { security_group: { name: "fidelity-v" } },
    {
      capture: { second: "/security_group/id" },
    },
  ),
  bulk([{ protocol: "udp" }, { protocol: "tcp" }, { protocol: "icmp" }]),
  bulk([{ protocol: "esp" }, { protocol: "50" }]),
  bulk([{ protocol: "ah" }, { protocol: "6" }]),
  bulk([{ protocol: "ah" }, { protocol: "gre", security_group_id: "$second" }]),
  bulk([{ protocol: "ah" }, { protocol: "gre", remote_group_id: "nope" }]),
  bulk([{ protocol: "ah" }, { protocol: "zz" }]),
  bulk([{ protocol: "ah" }, { protocol: "gre", port_range_min: 5 }]),
  ...[{ security_group_rules: [] }, { security_group_rules: {} }].map((body: Json) =>
    send("demo2", `POST ${RULES}`, body),
  ),
  send("demo2", `GET ${GROUPS}/$group`, undefined, BULK_REVISION),
  bulk([{ security_group_id: "$group", remote_group_id: "$second" }]),
  send("demo2", `DELETE ${GROUPS}/$second`),
  send("demo2", `GET ${GROUPS}/$group`, undefined, BULK_REVISION),
  send("demo2", `GET ${RULES}?remote_group_id=$second`),
  send("demo2", `DELETE ${GROUPS}/$group`),
  send("demo2", `GET ${RULES}?security_group_id=$group`),
];
