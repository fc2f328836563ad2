import { meaningOf } from "./neutron/rule-meaning.js";
import type {
  AccessRule,
  AddressGroup,
  ApplicationCredential,
  Assignment,
  DefaultRule,
  KeyPair,
  Network,
  Port,
  Project,
  ProjectQuota,
  RbacPolicy,
  Role,
  SecurityGroup,
  SecurityGroupRule,
  User,
} from "./rows.js";
import type { Journal } from "./store/journal.js";
import { Table } from "./store/table.js";

export type Tables = ReturnType<typeof openTables>;

type RuleIndex = "project" | "group" | "remoteGroup" | "remoteAddressGroup" | "meaning";

/** Names are compared as the usual collation of MySQL and MariaDB does: case means nothing. */
export function fold(name: string): string {
  return name.toLowerCase();
}

/** The key under which a user's objects are found by name. */
export function ownedName(userId: string, name: string): string {
  return `${userId} ${fold(name)}`;
}

/** The tables with what the journal kept. */
export function openTables(journal: Journal) {
  return {
    users: new Table<User, "name">("users", journal, { name: (it) => fold(it.name) }),
    projects: new Table<Project, "name">("projects", journal, { name: (it) => fold(it.name) }),
    roles: new Table<Role, "name">("roles", journal, { name: (it) => fold(it.name) }),
    assignments: new Table<Assignment, "user">("assignments", journal, { user: (it) => it.userId }),
    credentials: new Table<ApplicationCredential, "user" | "name">("credentials", journal, {
      user: (it) => it.userId,
      name: (it) => ownedName(it.userId, it.name),
    }),
    accessRules: new Table<AccessRule, "user">("access_rules", journal, {
      user: (it) => it.userId,
    }),
    keyPairs: new Table<KeyPair, "user" | "name">("key_pairs", journal, {
      user: (it) => it.userId,
      name: (it) => ownedName(it.userId, it.name),
    }),
    groups: new Table<SecurityGroup, "project" | "default">("security_groups", journal, {
      project: (it) => it.projectId,
      default: (it) => (it.isDefault ? it.projectId : undefined),
    }),
    rules: new Table<SecurityGroupRule, RuleIndex>("security_group_rules", journal, {
      project: (it) => it.projectId,
      group: (it) => it.groupId,
      remoteGroup: (it) => it.remoteGroupId ?? undefined,
      remoteAddressGroup: (it) => it.remoteAddressGroupId ?? undefined,
      meaning: meaningOf,
    }),
    addressGroups: new Table<AddressGroup>("address_groups", journal, {}),
    defaultRules: new Table<DefaultRule>("default_security_group_rules", journal, {}),
    networks: new Table<Network>("networks", journal, {}),
    ports: new Table<Port>("ports", journal, {}),
    rbacPolicies: new Table<RbacPolicy, "object">("rbac_policies", journal, {
      object: (it) => it.objectId,
    }),
    novaQuotas: new Table<ProjectQuota>("nova_quotas", journal, {}),
    quotas: new Table<ProjectQuota>("quotas", journal, {}),
  };
}
