import { OutsideError } from "../engine/model/errors.js";
import type { Sensitive } from "../engine/model/value.js";
import {
  type CipherKey,
  type Encryption,
  keyOf,
  newKey,
  type RandomBytes,
  SCRYPT_COST,
} from "./cipher.js";

/** Where the passphrases come from. Each is asked for once, and only when it is needed. */
export interface KeyringOptions {
  /** What is written is encrypted with it; absent: nothing is encrypted. */
  readonly current?: () => Promise<Sensitive>;
  /** Reads what was encrypted before. */
  readonly former?: () => Promise<Sensitive>;
  readonly random: RandomBytes;
  /** scrypt's cost of new keys; by default {@link SCRYPT_COST}. */
  readonly cost?: number;
}

/** The keys of one run: each is derived once, however many files it opens. */
export interface Keyring {
  /** Whether what is written is encrypted. */
  readonly encrypts: boolean;
  /** Asks for the passphrase, where there is one, so that nobody waits for it later. */
  ask(): Promise<void>;
  /** The key that writes; undefined: in plain text. */
  writing(): Promise<CipherKey | undefined>;
  /** The key of a file. Throws `no-passphrase` and `wrong-passphrase`; `path` is for the message. */
  reading(file: Encryption, path: string): Promise<CipherKey>;
  /** Whether a file is as this run would write it; `undefined` stands for plain text. */
  isCurrent(file: Encryption | undefined): boolean;
}

/** Opens nothing and encrypts nothing. */
export const NO_KEYS: Keyring = keyring({ random: () => new Uint8Array() });

export function keyring(options: KeyringOptions): Keyring {
  const { current, former, random, cost = SCRYPT_COST } = options;
  const known = new Map<string, { readonly key: CipherKey; readonly isCurrent: boolean }>();
  let own: CipherKey | undefined;

  async function find(file: Encryption): Promise<CipherKey | undefined> {
    const mark = markOf(file);
    const found = known.get(mark);
    if (found) return found.key;
    for (const passphrase of [current, former]) {
      const key = passphrase && (await keyOf(await passphrase(), file, random));
      if (!key) continue;
      const isCurrent = passphrase === current;
      known.set(mark, { key, isCurrent });
      if (isCurrent) own ??= key;
      return key;
    }
    return undefined;
  }

  return {
    encrypts: current !== undefined,
    ask: async () => {
      await (current ?? former)?.();
    },
    writing: async () => {
      if (!current) return undefined;
      own ??= await newKey(await current(), cost, random);
      known.set(markOf(own.encryption), { key: own, isCurrent: true });
      return own;
    },
    reading: async (file, path) => {
      if (!current && !former) throw noPassphrase(path);
      const key = await find(file);
      if (!key) throw wrongPassphrase(path);
      return key;
    },
    isCurrent: (file) =>
      file ? known.get(markOf(file))?.isCurrent === true : current === undefined,
  };
}

/** Files of the same mark have the same key. */
function markOf({ n, salt, check }: Encryption): string {
  return [n, salt, check].join(" ");
}

function noPassphrase(path: string): OutsideError {
  return new OutsideError("no-passphrase", `${path} is encrypted, and no passphrase was given`, {
    help: "set PORTCULLIS_STATE_PASSPHRASE_FILE, PORTCULLIS_STATE_PASSPHRASE_COMMAND or PORTCULLIS_STATE_PASSPHRASE",
  });
}

function wrongPassphrase(path: string): OutsideError {
  return new OutsideError("wrong-passphrase", `${path} is encrypted with another passphrase`, {
    help: "give the one that it was written with; after a change, give that one as PORTCULLIS_STATE_OLD_PASSPHRASE_FILE",
  });
}
