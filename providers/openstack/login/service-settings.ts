/** The APIs that are used, by their type in the catalog. */
export type ServiceType = "identity" | "compute" | "network";

/** Which endpoint of a service is meant. */
export interface ServiceSettings {
  /** Acceptable interfaces, the best first. */
  readonly interfaces: readonly string[];
  readonly region?: string;
  /** The type that it has in this cloud's catalog, where that is another. */
  readonly type?: string;
  /** Its name in the catalog: of several of one type the one that is meant. */
  readonly name?: string;
  /** A URL to use in place of the catalog's. */
  readonly override?: string;
  /** Whether any of these is said for this service alone: Keystone is else used where one logs in. */
  readonly isChosen?: true;
}
