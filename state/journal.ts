import type { JournalEntry, Snapshot } from "../engine/model/state.js";
import { isObject } from "../engine/model/value.js";
import { address, type Codec, count, list, Malformed, object, text, word } from "./codec.js";
import {
  checkVersion,
  cloudIdentity,
  FORMAT_VERSION,
  intent,
  parseJson,
  resourceInstance,
} from "./format.js";

/** What a journal adds to: the snapshot with this lineage and serial, and no other. */
export type JournalBase = Pick<Snapshot, "lineage" | "serial">;

/** A journal as read from its file. */
export interface Journal {
  readonly base: JournalBase;
  readonly entries: readonly JournalEntry[];
  /** The file up to the end of its last whole line: the next one goes there. */
  readonly bytes: Uint8Array;
}

const LINE_FEED = 10;

type Kind = JournalEntry["kind"];
type EntryOf<K extends Kind> = Extract<JournalEntry, { readonly kind: K }>;

const header = object<JournalBase & { readonly formatVersion: number }>({
  formatVersion: count,
  lineage: text,
  serial: count,
});

const kinds: { readonly [K in Kind]: Codec<EntryOf<K>> } = {
  cloud: object({ kind: word("cloud"), cloud: cloudIdentity }),
  begun: object({ kind: word("begun"), intent }),
  written: object({ kind: word("written"), instance: resourceInstance }),
  removed: object({ kind: word("removed"), address }),
  abandoned: object({ kind: word("abandoned"), address }),
};

const kind = word("cloud", "begun", "written", "removed", "abandoned");

const batch: Codec<readonly JournalEntry[]> = list({
  encode: <K extends Kind>(entry: EntryOf<K>) => kinds[entry.kind as K].encode(entry),
  decode: (value, at) => {
    if (!isObject(value)) throw new Malformed(at, "a mapping", value);
    return kinds[kind.decode(value.kind ?? null, `${at}.kind`)].decode(value, at);
  },
});

/** The first line of a journal. */
export function formatHeader(base: JournalBase): string {
  const { lineage, serial } = base;
  return `${JSON.stringify(header.encode({ formatVersion: FORMAT_VERSION, lineage, serial }))}\n`;
}

/** One line: entries that become durable together. */
export function formatBatch(entries: readonly JournalEntry[]): string {
  return `${JSON.stringify(batch.encode(entries))}\n`;
}

/**
 * A journal's file; undefined where not even its header is whole. A last line that is cut or is no
 * JSON was never durable and is left out: the run that wrote it did not go on. Throws
 * {@link Malformed} or NewerFormat for anything else that is not understood.
 */
export function parseJournal(bytes: Uint8Array): Journal | undefined {
  const [first, ...rest] = readableLines(bytes);
  if (first === undefined) return undefined;
  const value = parseJson(first.bytes, "line 1");
  checkVersion(value);
  const { lineage, serial } = header.decode(value, "line 1");
  const entries = rest.map((line, index) => {
    const at = `line ${index + 2}`;
    return batch.decode(parseJson(line.bytes, at), at);
  });
  const length = rest.at(-1)?.end ?? first.end;
  return { base: { lineage, serial }, entries: entries.flat(), bytes: bytes.subarray(0, length) };
}

interface Line {
  readonly bytes: Uint8Array;
  /** The place after its line feed. */
  readonly end: number;
}

/** The whole lines, without a last one that is no JSON. */
function readableLines(bytes: Uint8Array): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; ; ) {
    const feed = bytes.indexOf(LINE_FEED, start);
    if (feed === -1) break;
    lines.push({ bytes: bytes.subarray(start, feed), end: feed + 1 });
    start = feed + 1;
  }
  const last = lines.at(-1);
  const torn = last && lines.length > 1 && last.end === bytes.length && !isJson(last.bytes);
  return torn ? lines.slice(0, -1) : lines;
}

function isJson(bytes: Uint8Array): boolean {
  try {
    parseJson(bytes, "");
    return true;
  } catch {
    return false;
  }
}
