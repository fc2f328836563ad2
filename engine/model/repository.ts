/** What version control does with a file: it has it already, or takes it with all that is new. */
export type Kept = "tracked" | "not-ignored";

/** Version control around the user's files. */
export interface Repository {
  /** What becomes of files, by their absolute paths; those that it leaves out, or that are in none, are absent. Never throws. */
  keeps(paths: readonly string[]): Promise<ReadonlyMap<string, Kept>>;
}
