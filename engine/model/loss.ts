/** A member of a set that goes when something else is deleted. */
export interface Loss {
  /** The id of what is deleted. */
  readonly because: string;
  readonly attribute: string;
  /** The member's key in the set. */
  readonly member: string;
}
