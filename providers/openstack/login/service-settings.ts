/** The APIs that are used, by their type in the catalog. */
export type ServiceType = "identity" | "compute" | "network";

/** Which endpoint of a service is meant. */
export interface ServiceSettings {
  /** Acceptable interfaces, the best first. */
  readonly interfaces: readonly string[];
  readonly region?: string;
  /** A URL to use in place of the catalog's. */
  readonly override?: string;
  /** Whether interface or region are said for this service alone: Keystone is else used where one logs in. */
  readonly isChosen?: true;
}
