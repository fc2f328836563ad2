const HASH_BITS = 20;
const HASH_MASK = (1 << HASH_BITS) - 1;
/** How far the hash moves with each character: what is more than four characters back has left it. */
const STEP = 5;
const HASHED = HASH_BITS / STEP;

interface Needle<Owner> {
  readonly text: string;
  readonly owner: Owner;
}

/** Texts that are looked for all at once: one walk through a haystack, however many there are. */
export class Needles<Owner> {
  /** By a hash of their first characters; the table beside it tells fast that there is none. */
  readonly #byHash = new Map<number, Needle<Owner>[]>();
  readonly #taken = new Uint8Array(1 << HASH_BITS);

  /** One of fewer than four characters is left out: it would be everywhere. */
  add(text: string, owner: Owner): void {
    if (text.length < HASHED) return;
    let hash = 0;
    for (let at = 0; at < HASHED; at++) hash = next(hash, text, at);
    this.#taken[hash] = 1;
    const alike = this.#byHash.get(hash);
    if (alike) alike.push({ text, owner });
    else this.#byHash.set(hash, [{ text, owner }]);
  }

  /** Where the first text of each owner begins, of those that are there. */
  find(haystack: string): ReadonlyMap<Owner, number> {
    const found = new Map<Owner, number>();
    if (this.#byHash.size === 0) return found;
    let hash = 0;
    for (let at = 0; at < haystack.length; at++) {
      hash = next(hash, haystack, at);
      if (this.#taken[hash] === 0) continue;
      const start = at + 1 - HASHED;
      for (const { text, owner } of this.#byHash.get(hash) ?? []) {
        if (!found.has(owner) && haystack.startsWith(text, start)) found.set(owner, start);
      }
    }
    return found;
  }
}

function next(hash: number, text: string, at: number): number {
  return ((hash << STEP) ^ text.charCodeAt(at)) & HASH_MASK;
}
