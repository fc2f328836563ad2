import { EXTENSION_TEXTS } from "../../../providers/sandbox/neutron/extension-texts.js";
import { type Exchange, send } from "../exchange.js";

const GROUPS = "network /v2.0/security-groups";
const ADDRESSES = "network /v2.0/address-groups";

/** Groups that are in use, address groups, quotas and the rest of Neutron that matters here. */
export const NETWORK_EXCHANGES: readonly Exchange[] = [
  send("nobody", "GET network /"),
  send("nobody", "GET network /v2.0"),
  send("demo2", "GET network /v2.0"),
  send("demo2", "GET network /v2.0/nope"),
  send("demo2", "GET network /v2.0/extensions/nope"),
  send("demo2", "GET network /v2.0/extensions/address-group"),
  send("demo2", "GET network /v2.0/extensions", undefined, {
    only: { list: "extensions", by: "alias", among: Object.keys(EXTENSION_TEXTS) },
  }),
  send("nobody", "GET network /v2.0/extensions"),
  send(
    "demo2",
    `POST ${GROUPS}`,
    { security_group: { name: "fidelity-n" } },
    {
      capture: { group: "/security_group/id" },
    },
  ),
  send(
    "demo2",
    "POST network /v2.0/networks",
    { network: { name: "fidelity-n" } },
    {
      capture: { network: "/network/id" },
    },
  ),
  send(
    "demo2",
    "POST network /v2.0/ports",
    { port: { network_id: "$network", name: "fidelity-n", security_groups: ["$group"] } },
    { capture: { port: "/port/id" } },
  ),
  send("demo2", "POST network /v2.0/ports", { port: { network_id: "nope" } }),
  send("demo2", "POST network /v2.0/ports", {
    port: { network_id: "$network", security_groups: ["nope"] },
  }),
  send("demo2", "GET network /v2.0/ports?name=fidelity-n&fields=security_groups"),
  send("demo2", "GET network /v2.0/ports?security_groups=$group&fields=name"),
  send("demo2", `DELETE ${GROUPS}/$group`),
  send("demo2", `PUT ${GROUPS}/$group`, { security_group: { stateful: false } }),
  send("demo2", `PUT ${GROUPS}/$group`, { security_group: { stateful: true } }),
  send("demo2", "DELETE network /v2.0/networks/$network"),
  send("demo2", "PUT network /v2.0/ports/$port", { port: { security_groups: [] } }),
  send("demo2", "DELETE network /v2.0/ports/$port"),
  send("demo2", "DELETE network /v2.0/ports/$port"),
  send("demo2", "DELETE network /v2.0/networks/$network"),
  send(
    "demo2",
    `POST ${ADDRESSES}`,
    { address_group: { name: "fidelity-n", addresses: ["10.0.0.5/8", "2001:db8::/32"] } },
    { capture: { addresses: "/address_group/id" } },
  ),
  send("demo2", `POST ${ADDRESSES}`, { address_group: { addresses: ["192.168.1.1"] } }),
  send("demo2", `POST ${ADDRESSES}`, { address_group: { addresses: "x" } }),
  send("demo2", `GET ${ADDRESSES}/$addresses`),
  send("demo2", `GET ${ADDRESSES}?name=fidelity-n`),
  send("demo2", `PUT ${ADDRESSES}/$addresses/add_addresses`, { addresses: ["192.0.2.0/24"] }),
  send("demo2", `PUT ${ADDRESSES}/$addresses/remove_addresses`, { addresses: ["10.0.0.0/8"] }),
  send("demo2", `PUT ${ADDRESSES}/$addresses/add_addresses`, { addresses: ["192.0.2.9/24"] }),
  send("demo2", `PUT ${ADDRESSES}/$addresses/remove_addresses`, { addresses: ["10.0.0.0/8"] }),
  send("demo2", `PUT ${ADDRESSES}/$addresses/add_addresses`, { x: 1 }),
  ...["add_addresses", "remove_addresses"].map((action) =>
    send("demo2", `PUT ${ADDRESSES}/$addresses/${action}`, {
      address_group: { addresses: ["192.0.2.0/24"] },
    }),
  ),
  send("demo2", `PUT ${ADDRESSES}/$addresses/add_addresses`, {
    address_group: { address_group: { addresses: [] } },
  }),
  send("demo2", `POST ${ADDRESSES}`, { address_group: { address_group: { name: "x" } } }),
  send("demo2", `PUT ${ADDRESSES}/$addresses`, { address_group: { address_group: {} } }),
  send("demo2", `PUT ${ADDRESSES}/$addresses`, { address_group: { description: "x" } }),
  send("demo2", "POST network /v2.0/security-group-rules", {
    security_group_rule: {
      security_group_id: "$group",
      direction: "ingress",
      remote_address_group_id: "$addresses",
    },
  }),
  send("demo", `GET ${ADDRESSES}/$addresses`),
  send("demo2", `DELETE ${ADDRESSES}/$addresses`),
  send("demo2", `DELETE ${GROUPS}/$group`),
  send("demo2", `DELETE ${ADDRESSES}/$addresses`),
  send("demo2", `GET ${ADDRESSES}/$addresses`),
  send("demo2", "GET network /v2.0/quotas/$demo2.project"),
  send("demo2", "GET network /v2.0/quotas/$demo2.project/default"),
  send("demo2", "GET network /v2.0/quotas/tenant"),
  send("demo2", "GET network /v2.0/quotas"),
  send("demo2", "GET network /v2.0/quotas/other"),
  send("demo2", "PUT network /v2.0/quotas/$demo2.project", { quota: { security_group: 5 } }),
  send("demo2", "DELETE network /v2.0/quotas/$demo2.project"),
  send(
    "reader",
    `POST ${GROUPS}`,
    { security_group: { name: "fidelity-reader" } },
    {
      capture: { group: "/security_group/id" },
    },
  ),
  send("reader", `DELETE ${GROUPS}/$group`),
];

/** Limits, set by an administrator. Changes the demo2 project's quotas and takes them back. */
export const QUOTA_EXCHANGES: readonly Exchange[] = [
  send("demo2", `GET ${GROUPS}?name=nope`),
  send("admin", "PUT network /v2.0/quotas/$demo2.project", {
    quota: { security_group: 2, security_group_rule: 9 },
  }),
  send("demo2", "GET network /v2.0/quotas/$demo2.project/details.json"),
  send("demo2", `POST ${GROUPS}`, {
    security_groups: [{ name: "fidelity-q" }, { name: "fidelity-q" }],
  }),
  send(
    "demo2",
    `POST ${GROUPS}`,
    { security_group: { name: "fidelity-q" } },
    {
      capture: { group: "/security_group/id" },
    },
  ),
  send("demo2", `POST ${GROUPS}`, { security_group: { name: "fidelity-q" } }),
  send("demo2", "POST network /v2.0/security-group-rules", {
    security_group_rules: ["tcp", "udp", "icmp", "esp"].map((protocol) => ({
      security_group_id: "$group",
      direction: "ingress",
      protocol,
    })),
  }),
  send("demo2", "GET network /v2.0/quotas/$demo2.project/details.json"),
  send("demo2", `DELETE ${GROUPS}/$group`),
  send("admin", "DELETE network /v2.0/quotas/$demo2.project"),
  send("demo2", "GET network /v2.0/quotas/$demo2.project"),
];
