import type { Test } from "tap";
import type { RawSession } from "../helpers/raw-client.js";

/** A cloud that the acceptance suite runs against, and what a stranger does there by hand. */
export interface AcceptanceCloud {
  /** Options that point a configuration at it. */
  readonly options: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Options that log in as another user of the same project. */
  readonly otherUser: readonly string[];
  /** Options that log in to another project. */
  readonly otherProject: readonly string[];
  readonly hand: Hand;
  /** A log-in of somebody for plain requests of his own, to the project of his name or another. */
  as(who: "demo" | "demo2" | "admin", project?: string): Promise<RawSession>;
}

/** What somebody does past Portcullis, as the user whom it logs in as. */
export interface Hand {
  /** The groups of this name. */
  groups(name: string): Promise<readonly HandGroup[]>;
  keyPairs(): Promise<readonly string[]>;
  credentials(): Promise<readonly string[]>;
  /** Opens a port of a group for everybody (IPv4); answers the rule's id. */
  addRule(groupId: string, port: number): Promise<string>;
  deleteRule(ruleId: string): Promise<void>;
  deleteKeyPair(name: string): Promise<void>;
  deleteCredential(name: string): Promise<void>;
  /** Takes away a group as though it had never been; nothing where there is none. */
  deleteGroups(name: string): Promise<void>;
  /** Puts a group on a port; answers how to take it off again. */
  putOnPort(groupId: string): Promise<() => Promise<void>>;
  /** When a credential expires, as Keystone says it; null for never. */
  expiry(credential: string): Promise<string | null>;
}

export interface HandGroup {
  readonly id: string;
  readonly description: string;
  readonly rules: readonly HandRule[];
}

/** A rule in Neutron's words. */
export interface HandRule {
  readonly id: string;
  readonly direction: string;
  readonly ethertype: string;
  readonly protocol: string | null;
  readonly port_range_min: number | null;
  readonly port_range_max: number | null;
  readonly remote_ip_prefix: string | null;
  readonly remote_group_id: string | null;
  readonly remote_address_group_id: string | null;
  readonly description: string | null;
}

/** Starts or finds a cloud for one test file. */
export type StartCloud = (t: Test) => Promise<AcceptanceCloud>;
