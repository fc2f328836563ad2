import { Altered, type CipherKey } from "./cipher.js";

/**
 * Encrypts the lines of one journal in their order: each is bound to the one before and the first to the
 * header, so that none can be exchanged, moved or dropped but at the end.
 */
export interface LineCipher {
  seal(plain: string): string;
  /** Throws {@link Altered}; `at` is the line's place, for the message. */
  open(sealed: string, at: string): string;
}

/** In base64 the last 16 bytes, the authentication tag, are within these. */
const TAG_CHARACTERS = 24;

export function lineCipher(key: CipherKey, header: string): LineCipher {
  let before = header;
  const bound = () => `portcullis journal ${before}`;
  return {
    seal: (plain) => {
      const sealed = key.seal(plain, bound());
      before = sealed.slice(-TAG_CHARACTERS);
      return sealed;
    },
    open: (sealed, at) => {
      try {
        return key.open(sealed, bound());
      } catch (error) {
        if (error instanceof Altered) throw new Altered(`${at}: ${error.message}`);
        throw error;
      } finally {
        before = sealed.slice(-TAG_CHARACTERS);
      }
    },
  };
}
