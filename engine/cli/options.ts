/** Options of every command that reads the configuration. */
export interface ConfigurationOptions {
  /** The configuration's folder. */
  readonly dir: string;
  readonly var: readonly string[];
  readonly varFile: readonly string[];
}

/** Options of every command that reads the state. */
export interface StateOptions {
  readonly dir: string;
  /** The state file, relative to the working directory; by default in the configuration's folder. */
  readonly state?: string;
}

/** Options of every command that takes the state's lock. */
export interface LockOptions {
  /** For how many milliseconds a lock of another run is waited for; not at all by default. */
  readonly lockTimeout?: number;
}

/** Options of every command that asks the cloud. */
export interface CloudOptions extends ConfigurationOptions, StateOptions {
  /** An entry of clouds.yaml that takes the place of the provider block's. */
  readonly cloud?: string;
  /** The embedded cloud takes the place of the provider block's. */
  readonly sandbox?: boolean;
  /** Every request to the cloud is told on standard error. */
  readonly debug?: boolean;
}

export const STATE_FILE = "portcullis.state.json";
export const SANDBOX_FILE = "portcullis.sandbox.json";
