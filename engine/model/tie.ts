/** A member of a set that refers to something else by its id, such as a rule to its remote group. */
export interface Tie {
  /** The id. */
  readonly to: string;
  readonly attribute: string;
  /** The member's key in the set. */
  readonly member: string;
  /** What the cloud does where that is to be deleted: it removes the member without a word, or refuses. */
  readonly onDelete: "cascade" | "refuse";
}
