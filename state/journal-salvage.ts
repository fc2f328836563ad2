import type { JournalEntry } from "../engine/model/state.js";
import { Altered, type Encryption } from "./cipher.js";
import { Malformed } from "./codec.js";
import { type JournalBase, type Line, parseBatch, parseHeader, wholeLines } from "./journal.js";
import type { Keyring } from "./keyring.js";
import { lineCipher } from "./line-cipher.js";

/** What can still be read of a journal. */
export interface Salvaged {
  readonly base: JournalBase;
  /** Absent: plain text. */
  readonly encryption?: Encryption;
  readonly entries: readonly JournalEntry[];
  /** Why each line that cannot be read cannot, in order, each with its place: empty for a whole journal. */
  readonly losses: readonly string[];
}

/**
 * All of a journal's lines that can be read, those behind a damaged one too: each tells of one instance what
 * is so from then on. Undefined where not even the header was durable. Throws Malformed, NewerFormat, Altered
 * where the header cannot be read, and what {@link Keyring.reading} throws.
 */
export async function salvageJournal(
  bytes: Uint8Array,
  keys: Keyring,
  path: string,
): Promise<Salvaged | undefined> {
  const [first, ...rest] = wholeLines(bytes);
  if (!first) return undefined;
  const { header, steps } = parseHeader(first);
  const how = header.encryption;
  const text = Buffer.from(first.bytes).toString("utf8");
  const cipher = how && lineCipher(await keys.reading(how, path), text);
  const losses: string[] = [];
  const entries = rest.flatMap((line: Line, index) => {
    try {
      return parseBatch(line, `line ${index + 2}`, { steps, ...(cipher && { cipher }) });
    } catch (error) {
      if (!(error instanceof Malformed || error instanceof Altered)) throw error;
      losses.push(error.message);
      return [];
    }
  });
  const { lineage, serial } = header;
  return { base: { lineage, serial }, ...(how && { encryption: how }), entries, losses };
}
