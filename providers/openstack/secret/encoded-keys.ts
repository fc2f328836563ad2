/** "PRIVATE KEY-" in base64, behind a multiple of three bytes and one or two more, as far as it is certain. */
const MARK = /UFJJVkFURSBLRVkt|BSSVZBVEUgS0VZL|QUklWQVRFIEtFWS/gu;

/** How far in front of the mark a key may begin, and how far behind it may end, in characters. */
const BEFORE = 4096;
const BEHIND = 32_768;

/** A text that stands in base64 within another. */
export interface EncodedText {
  /** Where it begins in the other. */
  readonly offset: number;
  readonly decoded: string;
}

/** The texts in base64, on one line or on folded ones, that hold the first line of a private key. */
export function encodedKeys(text: string): readonly EncodedText[] {
  let end = 0;
  return [...text.matchAll(MARK)].flatMap((match): readonly EncodedText[] => {
    if (match.index < end) return [];
    const front = text.slice(Math.max(end, match.index - BEFORE), match.index);
    const offset = match.index - (/[A-Za-z0-9+/]*$/u.exec(front)?.[0].length ?? 0);
    const rest = text.slice(offset, match.index + BEHIND);
    const [run = ""] = /^(?:[A-Za-z0-9+/=\s]|\\[nr])*/u.exec(rest) ?? [];
    end = offset + run.length;
    const base64 = run.replaceAll(/\\[nr]|\s/gu, "").split("=", 1)[0] ?? "";
    return [{ offset, decoded: Buffer.from(base64, "base64").toString("latin1") }];
  });
}
