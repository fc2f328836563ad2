import type { JsonSchema } from "../../../engine/model/json-schema.js";
import { PRESET_NAMES } from "./presets.js";
import { PROTOCOL_NAMES } from "./protocol.js";

const description: JsonSchema = {
  type: "string",
  maxLength: 255,
  description: "What the rule is for. A change of it keeps the rule's traffic flowing.",
};

const service = (words: string): JsonSchema => ({
  description: `${words}: a preset (${PRESET_NAMES.slice(0, 12).join(", ")}, ...), a protocol (tcp, udp, icmp, esp, ...), tcp/PORT, udp/FIRST-LAST, icmp/TYPE, icmp/TYPE/CODE, protocol/NUMBER, all, or a list of these.`,
  type: ["string", "integer", "array"],
  items: { type: ["string", "integer"], examples: ["ssh", "tcp/22", "tcp/8000-8080"] },
  examples: ["ssh", ["http", "https"], "tcp/8000-8080", "udp/53", "icmp", "icmp/8/0", "all"],
});

/** What a rule may name at either end; a reference arrives as `TYPE:ID`. */
const GROUPS = ["security_group", "address_group"];

const peer = (words: string): JsonSchema => ({
  description: `${words}: an address range or address, anywhere (the default: IPv4 and IPv6), anywhere-ipv4, anywhere-ipv6, self, security_group.NAME, address_group.NAME, or a list of these.`,
  type: ["string", "array"],
  items: { type: "string", "x-reference": GROUPS },
  "x-reference": GROUPS,
  examples: ["203.0.113.0/24", ["10.0.0.0/8", "2001:db8::/32"], "security_group.web", "self"],
});

const shortRule: JsonSchema = {
  properties: {
    ingress: service("What may come in"),
    egress: service("What may go out"),
    from: peer("Who may connect"),
    to: peer("Whom may be connected to"),
    family: {
      enum: ["ipv4", "ipv6"],
      description: "Restricts the rule to one family where `from` or `to` leaves it open.",
    },
    description,
  },
  additionalProperties: false,
};

const longRule: JsonSchema = {
  properties: {
    direction: { enum: ["ingress", "egress"], description: "Which way the traffic goes." },
    ethertype: {
      enum: ["IPv4", "IPv6"],
      description: "The family; by default that of the prefix or the protocol, else IPv4.",
    },
    protocol: {
      type: ["string", "integer"],
      description: "A name or number; any, or none, for every protocol.",
      examples: [...PROTOCOL_NAMES],
    },
    port_range_min: {
      type: "integer",
      description: "First port, or the ICMP type. 0 is a type; leave it out for all.",
    },
    port_range_max: { type: "integer", description: "Last port, or the ICMP code." },
    remote_ip_prefix: {
      type: "string",
      description: "An address range or address. Left out, with the other remotes: anywhere.",
      examples: ["203.0.113.0/24"],
    },
    remote_group: {
      type: "string",
      "x-reference": "security_group",
      description: "security_group.NAME, self, or the id of a group.",
    },
    remote_address_group: {
      type: "string",
      "x-reference": "address_group",
      description: "address_group.NAME, or the id of an address group.",
    },
    description,
  },
  additionalProperties: false,
};

/** What tells the two forms of a rule apart. */
const LONG: JsonSchema = { required: ["direction"] };

/** Of the body of a `security_group` declaration. */
export const schema: JsonSchema = {
  type: "object",
  description: "A security group and all of its rules.",
  properties: {
    name: {
      type: "string",
      maxLength: 255,
      description: "By default the resource's name. `default` adopts the project's default group.",
    },
    description: { type: "string", maxLength: 255, description: "What the group is for." },
    stateful: {
      type: "boolean",
      description: "Whether answers to allowed traffic pass without a rule. Default: true.",
    },
    tags: {
      type: "array",
      items: { type: "string", maxLength: 255 },
      description: "Words to find it by; their order means nothing.",
    },
    default_egress: {
      type: "boolean",
      description:
        "Whether the egress rules that the cloud gives a new group stay. Default: true, unless an egress rule is declared.",
    },
    rules: {
      type: "array",
      description:
        "Every rule of the group: any other is removed. In the short form, or with `direction` in Neutron's own words.",
      items: {
        type: "object",
        examples: [{ ingress: "ssh", from: "203.0.113.0/24" }],
        allOf: [
          { if: LONG, else: shortRule },
          { if: { not: LONG }, else: longRule },
        ],
      },
      examples: [[{ ingress: "ssh", from: "203.0.113.0/24" }, { ingress: ["http", "https"] }]],
    },
  },
  additionalProperties: false,
};
