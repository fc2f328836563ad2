import { createHash } from "node:crypto";

/** Something that may be nowhere but where it belongs. */
export interface Secret {
  /** What it is, in words. */
  readonly name: string;
  /** Whose it is: places are allowed to hold what belongs to one owner. */
  readonly owner: string;
  readonly bytes: Buffer;
  /** Whether it is a text, which may be spelled in other alphabets than bytes can. */
  readonly isText: boolean;
}

/** What clouds, shells and formats must escape, each in its own way. */
const ODD = ["\"ü'&", '<%+ \\/"ß'] as const;

/** A text that stands nowhere else, by its name. */
export function core(name: string): string {
  const digest = createHash("sha256").update(`canary ${name}`).digest("base64");
  return `Cn${digest.replaceAll(/[^A-Za-z0-9]/gu, "").slice(0, 20)}`;
}

/** The same between characters that must be escaped: whoever misses one of these leaves the core. */
export function odd(name: string): string {
  return `${ODD[0]}${core(name)}${ODD[1]}`;
}

export function textSecret(name: string, owner: string, text: string): Secret {
  return { name, owner, bytes: Buffer.from(text), isText: true };
}

export function byteSecret(name: string, owner: string, bytes: Uint8Array): Secret {
  return { name, owner, bytes: Buffer.from(bytes), isText: false };
}
