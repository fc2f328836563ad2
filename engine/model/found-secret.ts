import type { Sensitive } from "./value.js";

/** A secret that lies in a text. */
export interface FoundSecret {
  /** What it is, in words: `a private key`. */
  readonly kind: string;
  /** Where it begins, in UTF-16 units from the beginning of the text. */
  readonly offset: number;
  /** The secret, as text. */
  readonly value: Sensitive;
  /** Texts that are nowhere but where the secret is. */
  readonly marks: readonly Sensitive[];
}
