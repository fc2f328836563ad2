import { randomBytes } from "node:crypto";
import { Sensitive } from "../../engine/model/value.js";
import { type Keyring, keyring } from "../../state/keyring.js";

/** Keys of passphrases that cost nothing to derive: what is tested is not scrypt. */
export function testKeys(current?: string, former?: string): Keyring {
  const source = (text: string) => async () => new Sensitive(text);
  return keyring({
    ...(current !== undefined && { current: source(current) }),
    ...(former !== undefined && { former: source(former) }),
    random: (length) => Uint8Array.from(randomBytes(length)),
    cost: 2,
  });
}
