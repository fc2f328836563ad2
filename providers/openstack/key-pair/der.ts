/** Writes ASN.1 in DER (ITU-T X.690): as much of it as a certificate needs. */

function tagged(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = bytesOf(body.length, 256);
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length, ...length]), body]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => tagged(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => tagged(0x31, ...parts);
export const octetString = (content: Uint8Array): Buffer => tagged(0x04, content);
export const utf8String = (text: string): Buffer => tagged(0x0c, Buffer.from(text, "utf8"));
export const nothing = (): Buffer => tagged(0x05);

/** A non-negative integer from its big-endian bytes, which must be the fewest possible. */
export const integer = (bytes: Uint8Array): Buffer => tagged(0x02, bytes);

export const bitString = (content: Uint8Array): Buffer => tagged(0x03, Buffer.from([0]), content);

/** `[number] EXPLICIT`. */
export const explicit = (number: number, content: Uint8Array): Buffer =>
  tagged(0xa0 | number, content);

/** An object identifier in dots. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const arcs = [first * 40 + second, ...rest].flatMap((arc) => {
    const digits = bytesOf(arc, 128);
    return digits.map((digit, at) => (at < digits.length - 1 ? digit | 0x80 : digit));
  });
  return tagged(0x06, Buffer.from(arcs));
}

/** A moment, to the second: UTCTime until 2049, GeneralizedTime after (RFC 5280, section 4.1.2.5). */
export function time(moment: Date): Buffer {
  const digits = `${moment.toISOString().replace(/\D/gu, "").slice(0, 14)}Z`;
  return moment.getUTCFullYear() < 2050
    ? tagged(0x17, Buffer.from(digits.slice(2)))
    : tagged(0x18, Buffer.from(digits));
}

function bytesOf(number: number, base: number): readonly number[] {
  const rest = Math.floor(number / base);
  return [...(rest > 0 ? bytesOf(rest, base) : []), number % base];
}
