/** A file that one instance alone may put a secret into. */
export interface SecretFile {
  /** Absolute. */
  readonly path: string;
  /** The part of the file that is the instance's; absent: all of it. */
  readonly part?: string;
  /** JSON pointer into the body: what declares it. */
  readonly pointer: string;
}
