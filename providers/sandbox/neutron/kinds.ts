import type { Attribute, Kind } from "./attributes.js";
import {
  directionReason,
  groupNameReason,
  textReason,
  toBoolean,
  toCidr,
  toEthertype,
  toPort,
  toProtocol,
  toSharedType,
  uuidReason,
  uuidsReason,
} from "./conversions.js";

const ID: Attribute = { filter: true, sort: true };
const NAME: Attribute = {
  post: true,
  put: true,
  default: "",
  filter: true,
  sort: true,
  reason: textReason,
};
const PROJECT: Attribute = { post: true, filter: true, sort: true };
const REMOTE: Attribute = { post: true, default: null, filter: true, sort: true };
const PORT: Attribute = { ...REMOTE, convert: toPort };

/** What the extensions give to every kind. */
const STANDARD: Readonly<Record<string, Attribute>> = {
  tenant_id: PROJECT,
  project_id: PROJECT,
  description: { post: true, put: true, default: "", filter: true, sort: true, reason: textReason },
  tags: { filter: true },
  created_at: { sort: true },
  updated_at: { sort: true },
  revision_number: { filter: true, sort: true },
};

/** Source of all four: neutron/extensions/securitygroup.py and neutron_lib/api/definitions. */
export const SECURITY_GROUP: Kind = {
  resource: "security_group",
  collection: "security_groups",
  attributes: {
    id: ID,
    name: { ...NAME, reason: groupNameReason },
    security_group_rules: {},
    stateful: { post: true, put: true, default: true, sort: true, convert: toBoolean },
    shared: { filter: true, convert: toBoolean },
    ...STANDARD,
  },
};

export const SECURITY_GROUP_RULE: Kind = {
  resource: "security_group_rule",
  collection: "security_group_rules",
  attributes: {
    id: ID,
    security_group_id: { post: true, filter: true, sort: true, reason: textReason },
    remote_group_id: REMOTE,
    direction: { post: true, filter: true, sort: true, reason: directionReason },
    protocol: { ...REMOTE, convert: toProtocol },
    port_range_min: PORT,
    port_range_max: PORT,
    ethertype: { post: true, default: "IPv4", filter: true, sort: true, convert: toEthertype },
    remote_ip_prefix: { ...REMOTE, convert: toCidr },
    remote_address_group_id: REMOTE,
    normalized_cidr: { filter: true },
    ...STANDARD,
  },
};

/** Source: neutron/extensions/security_groups_default_rules.py and the API reference. */
export const DEFAULT_RULE: Kind = {
  resource: "default_security_group_rule",
  collection: "default_security_group_rules",
  attributes: {
    ...SECURITY_GROUP_RULE.attributes,
    security_group_id: {},
    normalized_cidr: {},
    used_in_default_sg: { post: true, default: false, filter: true, convert: toBoolean },
    used_in_non_default_sg: { post: true, default: true, filter: true, convert: toBoolean },
  },
};

export const ADDRESS_GROUP: Kind = {
  resource: "address_group",
  collection: "address_groups",
  attributes: {
    id: ID,
    name: NAME,
    addresses: { post: true, default: [] },
    shared: { filter: true, convert: toBoolean },
    ...STANDARD,
  },
};

/** Who sees an object of another project. */
export const RBAC_POLICY: Kind = {
  resource: "rbac_policy",
  collection: "rbac_policies",
  attributes: {
    id: ID,
    object_id: { post: true, filter: true, sort: true, reason: uuidReason },
    object_type: { post: true, filter: true, sort: true, convert: toSharedType },
    target_tenant: { post: true, filter: true, sort: true, reason: textReason },
    tenant_id: PROJECT,
    project_id: PROJECT,
    action: { post: true, filter: true, sort: true, reason: textReason },
  },
};

/** Accepted and left alone. */
const IGNORED: Attribute = { post: true, put: true, default: null, filter: true };

export const NETWORK: Kind = {
  resource: "network",
  collection: "networks",
  attributes: {
    id: ID,
    name: NAME,
    admin_state_up: IGNORED,
    shared: IGNORED,
    "router:external": IGNORED,
    port_security_enabled: IGNORED,
    ...STANDARD,
  },
};

export const PORT_KIND: Kind = {
  resource: "port",
  collection: "ports",
  attributes: {
    id: ID,
    name: NAME,
    network_id: { post: true, filter: true, sort: true, reason: uuidReason },
    device_id: { post: true, put: true, default: "", filter: true },
    security_groups: { post: true, put: true, default: null, filter: true, reason: uuidsReason },
    admin_state_up: IGNORED,
    port_security_enabled: IGNORED,
    fixed_ips: IGNORED,
    ...STANDARD,
  },
};
