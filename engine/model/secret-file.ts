/** A file that one instance alone may put a secret into. */
export interface SecretFile {
  /** Absolute. */
  readonly path: string;
  /** The part of the file that is the instance's; absent: all of it. */
  readonly part?: string;
  /** Whether it is encrypted there: whoever reads the file has no secret yet. */
  readonly isSealed?: boolean;
  /** JSON pointer into the body: what declares it. */
  readonly pointer: string;
}
