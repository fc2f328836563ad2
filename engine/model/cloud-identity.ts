/** Where and as whom: shown in every summary and remembered in state. */
export interface CloudIdentity {
  /** What the user calls it: the entry of clouds.yaml, or `sandbox`. */
  readonly name: string;
  readonly authUrl: string;
  readonly region?: string;
  readonly project: NamedId;
  readonly user: NamedId;
}

export interface NamedId {
  readonly id: string;
  readonly name: string;
}
