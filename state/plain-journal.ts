import { Altered, type Encryption } from "./cipher.js";
import type { Keyring } from "./keyring.js";

/** A journal that anybody may have written, beside a state that only who knows the passphrase could. */
export class InPlainText extends Altered {
  constructor() {
    super("it is in plain text beside an encrypted state");
  }
}

/**
 * Throws {@link InPlainText} for a journal in plain text that continues an encrypted state. A run that
 * encrypts never leaves one: it does not append to what is plain. One that ends the encryption does.
 */
export function refusePlain(
  journal: Encryption | undefined,
  state: Encryption | undefined,
  { encrypts }: Pick<Keyring, "encrypts">,
): void {
  if (encrypts && state && !journal) throw new InPlainText();
}
