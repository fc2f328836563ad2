import { SPELLINGS } from "./forms.js";
import type { Secret } from "./secret.js";
import { unfolded, viewsOf } from "./views.js";

/** A secret that was found, and how it was spelled. */
export interface Found {
  readonly secret: Secret;
  readonly form: string;
}

interface Needle extends Found {
  readonly bytes: Buffer;
}

/** Bits of what tells bytes apart at which a needle may begin. */
const BITS = 20;

/** Finds many secrets at once, in every form. */
export class SecretIndex {
  readonly #begins = new Uint8Array(2 ** BITS);
  readonly #needles = new Map<number, Needle[]>();

  constructor(secrets: readonly Secret[]) {
    const known = new Set<string>();
    for (const secret of secrets) {
      for (const [form, spell] of SPELLINGS) {
        const bytes = isShort(secret) && form !== "raw" ? undefined : spell(secret);
        for (const it of bytes ? [bytes, withoutBlanks(bytes)] : []) {
          const key = it.toString("latin1");
          if (it.length >= 4 && !known.has(key)) this.#add({ secret, form, bytes: it });
          known.add(key);
        }
      }
    }
  }

  #add(needle: Needle): void {
    const begin = needle.bytes.readInt32LE(0);
    this.#begins[hash(begin)] = 1;
    this.#needles.set(begin, [...(this.#needles.get(begin) ?? []), needle]);
  }

  /** Each secret that is there, once for each of its forms. */
  findIn(bytes: Buffer): readonly Found[] {
    const found = new Map<string, Found>();
    for (const view of viewsOf(bytes)) {
      for (const { secret, form } of this.#within(view.bytes)) {
        const name = view.name === "" || form !== "raw" ? form : view.name;
        found.set(`${secret.name} ${name}`, { secret, form: view.name === "gzip" ? "gzip" : name });
      }
    }
    return [...found.values()];
  }

  *#within(bytes: Buffer): Generator<Needle> {
    for (let at = 0; at + 4 <= bytes.length; at++) {
      const begin = bytes.readInt32LE(at);
      if (this.#begins[hash(begin)] !== 1) continue;
      for (const needle of this.#needles.get(begin) ?? []) {
        const end = at + needle.bytes.length;
        if (end > bytes.length || bytes.compare(needle.bytes, 0, undefined, at, end) !== 0)
          continue;
        if (!isShort(needle.secret) || standsAlone(bytes, at, end)) yield needle;
      }
    }
  }
}

/** A passcode: its few digits are part of many a number. */
function isShort({ bytes }: Secret): boolean {
  return bytes.length < 10;
}

function standsAlone(bytes: Buffer, at: number, end: number): boolean {
  return !/[\w.]/u.test(
    bytes.toString("latin1", Math.max(at - 1, 0), at) + bytes.toString("latin1", end, end + 1),
  );
}

function hash(begin: number): number {
  return Math.imul(begin, 0x9e3779b1) >>> (32 - BITS);
}

function withoutBlanks(bytes: Buffer): Buffer {
  return Buffer.from(unfolded(bytes.toString("latin1")), "latin1");
}
