/** How one attribute behaves. */
export interface AttributeRule {
  readonly description: string;
  /** Decided by the cloud or at creation: references to it are unknown until then. */
  readonly computed?: true;
  /** A change of it makes the instance anew. */
  readonly forcesReplacement?: true;
  /** Written after creation, so that instances may refer to each other in a circle through it. */
  readonly deferred?: true;
  /** The cloud does not tell it: state remembers it. */
  readonly local?: true;
  /**
   * No two instances of the type may have the same, letters of either case being the same; a list
   * names the only values of which this holds.
   */
  readonly unique?: true | readonly string[];
  /** Used at creation and never compared afterwards. */
  readonly createOnly?: true;
  /** The type's own note, which no reference can name. */
  readonly internal?: true;
}
