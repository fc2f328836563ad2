/** Some bytes that were written or printed. */
export interface Place {
  readonly name: string;
  readonly kind: "file" | "stream";
  readonly bytes: Buffer;
  /** Of a file on the disk. */
  readonly mode?: number;
  readonly allowance?: Allowance;
}

/** That a place may hold what belongs to some owners. */
export interface Allowance {
  /** What such places are, in words. */
  readonly what: string;
  readonly owners: readonly string[];
  /** Whether nobody else may read it. */
  readonly isPrivate: boolean;
}
