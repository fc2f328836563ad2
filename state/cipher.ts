import { createCipheriv, createDecipheriv, scrypt, timingSafeEqual } from "node:crypto";
import type { Sensitive } from "../engine/model/value.js";
import { type Codec, count, Malformed, object, text, word } from "./codec.js";

/** How a file is encrypted, as it says itself: all but the passphrase. */
export interface Encryption {
  readonly cipher: "aes-256-gcm";
  readonly kdf: "scrypt";
  /** scrypt's cost, block size and parallelism (RFC 7914). */
  readonly n: number;
  readonly r: number;
  readonly p: number;
  /** 16 random bytes, base64url. */
  readonly salt: string;
  /** Of the derived key; tells another passphrase from an altered file. */
  readonly check: string;
}

/** A derived key, with what is needed to derive it again. */
export interface CipherKey {
  readonly encryption: Encryption;
  /** Encrypts a text; `bound` is needed to open it again. Base64: nonce, ciphertext, tag. */
  seal(plain: string, bound: string): string;
  /** Throws {@link Altered} where the text, or what it was bound to, is not what it was. */
  open(sealed: string, bound: string): string;
}

/** A text that was not written so by this key. */
export class Altered extends Error {}

const KEY_BYTES = 32;
const CHECK_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = 16;

/** A third of a second and 128 MiB for each guess; OWASP's recommendation for scrypt. */
export const SCRYPT_COST = 2 ** 17;

const MAX_COST = 2 ** 20;

const cost: Codec<number> = {
  encode: count.encode,
  decode: (value, at) => {
    const n = count.decode(value, at);
    // A file may not ask for more time and memory than a key is worth.
    if (n < 2 || n > MAX_COST || !Number.isInteger(Math.log2(n)))
      throw new Malformed(at, `a power of two up to ${MAX_COST}`, value);
    return n;
  },
};

function exactly(number: number): Codec<number> {
  return {
    encode: count.encode,
    decode: (value, at) => {
      if (value !== number) throw new Malformed(at, String(number), value);
      return number;
    },
  };
}

export const encryption: Codec<Encryption> = object<Encryption>({
  cipher: word("aes-256-gcm"),
  kdf: word("scrypt"),
  n: cost,
  r: exactly(8),
  p: exactly(1),
  salt: text,
  check: text,
});

/** Random bytes of cryptographic quality. */
export type RandomBytes = (length: number) => Uint8Array;

/** A key of its own salt. */
export async function newKey(
  passphrase: Sensitive,
  n: number,
  random: RandomBytes,
): Promise<CipherKey> {
  const salt = Buffer.from(random(SALT_BYTES)).toString("base64url");
  return derive(passphrase, { cipher: "aes-256-gcm", kdf: "scrypt", n, r: 8, p: 1, salt }, random);
}

/** The key that a file was encrypted with; undefined where the passphrase is another. */
export async function keyOf(
  passphrase: Sensitive,
  file: Encryption,
  random: RandomBytes,
): Promise<CipherKey | undefined> {
  const key = await derive(passphrase, file, random);
  const [own, wanted] = [Buffer.from(key.encryption.check), Buffer.from(file.check)];
  return own.length === wanted.length && timingSafeEqual(own, wanted) ? key : undefined;
}

async function derive(
  passphrase: Sensitive,
  how: Omit<Encryption, "check">,
  random: RandomBytes,
): Promise<CipherKey> {
  const secret = String(passphrase.reveal()).normalize("NFC");
  const derived = await scryptBytes(secret, how);
  const key = derived.subarray(0, KEY_BYTES);
  const check = derived.subarray(KEY_BYTES).toString("base64url");
  const { cipher, kdf, n, r, p, salt } = how;
  return {
    encryption: { cipher, kdf, n, r, p, salt, check },
    seal: (plain, bound) => seal(key, random(NONCE_BYTES), plain, bound),
    open: (sealed, bound) => open(key, sealed, bound),
  };
}

function scryptBytes(secret: string, how: Omit<Encryption, "check">): Promise<Buffer> {
  const { n, r, p, salt } = how;
  const options = { N: n, r, p, maxmem: 128 * n * r + 2 ** 20 };
  const bytes = Buffer.from(salt, "base64url");
  return new Promise((resolve, reject) => {
    scrypt(secret, bytes, KEY_BYTES + CHECK_BYTES, options, (error, derived) =>
      error ? reject(error) : resolve(derived),
    );
  });
}

function seal(key: Uint8Array, nonce: Uint8Array, plain: string, bound: string): string {
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(bound));
  const content = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, content, cipher.getAuthTag()]).toString("base64");
}

function open(key: Uint8Array, sealed: string, bound: string): string {
  const bytes = Buffer.from(sealed, "base64");
  // Base64 has several spellings of the same bytes; only one was written.
  if (bytes.toString("base64") !== sealed || bytes.length < NONCE_BYTES + TAG_BYTES)
    throw new Altered("it is no encrypted text");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const content = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([content, decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new Altered("it does not authenticate", { cause });
  }
}
