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

/** A file that a secret was delivered to, as it is. */
export interface DeliveredFile {
  /** As the instance remembers it. */
  readonly path: string;
  readonly text: string;
}
