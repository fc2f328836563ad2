import type { Tables } from "./tables.js";

/** Limits of each user (key pairs) or project (the rest); -1 is none. */
interface Quotas {
  readonly keyPairs: number;
  readonly securityGroups: number;
  readonly securityGroupRules: number;
}

/** The whole cloud: what its three APIs share. */
export interface Cloud {
  readonly now: () => Date;
  /** The services' addresses, without a slash at the end. */
  readonly urls: { readonly identity: string; readonly compute: string; readonly network: string };
  readonly quotas: Quotas;
  /** How long a token is valid. */
  readonly tokenSeconds: number;
  /** No page of a list is longer; 0 for no limit. */
  readonly pageLimit: number;
  /** Aliases of the extensions that Neutron has. */
  readonly extensions: ReadonlySet<string>;
  readonly tables: Tables;
  /** Numbers the rows that have a number beside their id. */
  readonly numbers: Numbers;
  /** By id. They end with the process: a client then logs in again. */
  readonly tokens: Map<string, Token>;
}

/** Ascending numbers, each given once. */
interface Numbers {
  next(): number;
}

/** A log-in. */
export interface Token {
  readonly id: string;
  readonly auditId: string;
  readonly methods: readonly string[];
  readonly userId: string;
  /** Absent for an unscoped token. */
  readonly projectId?: string;
  readonly roleIds: readonly string[];
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** The application credential it was made with. */
  readonly credentialId?: string;
}
