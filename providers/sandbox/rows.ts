import type { Json } from "../../engine/model/value.js";

export interface User {
  readonly id: string;
  readonly name: string;
  readonly defaultProjectId: string;
}

export interface Project {
  readonly id: string;
  readonly name: string;
}

export interface Role {
  readonly id: string;
  readonly name: string;
}

/** A user's role in a project; what it implies is not among them. */
export interface Assignment {
  readonly id: string;
  readonly userId: string;
  readonly projectId: string;
  readonly roleId: string;
}

export interface ApplicationCredential {
  readonly id: string;
  readonly userId: string;
  /** None where it was made with an unscoped token. */
  readonly projectId: string | null;
  readonly name: string;
  readonly description: string | null;
  /** UTC with microseconds and no zone, as Keystone writes it. */
  readonly expiresAt: string | null;
  readonly unrestricted: Json;
  readonly roleIds: readonly string[];
  readonly accessRuleIds: readonly string[];
  /** Salt and scrypt hash: the secret itself is told once and not kept. */
  readonly secretHash: string;
}

/** Outlives the credentials made with it, and is shared by those of one user. */
export interface AccessRule {
  readonly id: string;
  readonly userId: string;
  readonly service: string;
  readonly path: string;
  readonly method: string;
}

export interface KeyPair {
  readonly id: string;
  readonly number: number;
  readonly userId: string;
  readonly name: string;
  readonly type: string;
  readonly publicKey: string;
  readonly fingerprint: string;
  readonly createdAt: string;
}

/** What every object of Neutron has. */
export interface Standard {
  readonly id: string;
  readonly projectId: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  /** UTC, whole seconds, with `Z`. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly revision: number;
}

export interface SecurityGroup extends Standard {
  readonly name: string;
  readonly stateful: boolean;
  /** The project's own group, which is made unasked. */
  readonly isDefault: boolean;
}

/** What a rule lets through. */
export interface Traffic {
  readonly direction: string;
  readonly ethertype: string;
  readonly protocol: string | null;
  readonly portMin: number | null;
  readonly portMax: number | null;
  readonly remoteIpPrefix: string | null;
  readonly remoteGroupId: string | null;
  readonly remoteAddressGroupId: string | null;
}

export interface SecurityGroupRule extends Standard, Traffic {
  readonly number: number;
  readonly groupId: string;
}

/** A rule that new groups get; its `remoteGroupId` is `PARENT` for the group that gets it. */
export interface DefaultRule extends Traffic {
  readonly id: string;
  readonly description: string | null;
  readonly inDefaultGroup: boolean;
  readonly inOtherGroups: boolean;
}

export interface AddressGroup extends Standard {
  readonly name: string;
  readonly addresses: readonly string[];
}

export interface Network extends Standard {
  readonly name: string;
}

export interface Port extends Standard {
  readonly name: string;
  readonly networkId: string;
  readonly deviceId: string;
  readonly macAddress: string;
  readonly securityGroupIds: readonly string[];
}

/** A security group that another project sees as well. */
export interface RbacPolicy {
  readonly id: string;
  readonly projectId: string;
  readonly objectId: string;
  /** A project, or `*` for every one. */
  readonly target: string;
}

/** A project's own limits, as an administrator set them; its id is the project's. */
export interface ProjectQuota {
  readonly id: string;
  readonly limits: Readonly<Record<string, number>>;
}
