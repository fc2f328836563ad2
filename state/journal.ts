import type { JournalEntry, Snapshot } from "../engine/model/state.js";
import { isObject } from "../engine/model/value.js";
import { type Encryption, encryption } from "./cipher.js";
import {
  address,
  type Codec,
  count,
  json,
  list,
  Malformed,
  object,
  optional,
  text,
  word,
} from "./codec.js";
import { cloudIdentity, intent, parseJson, resourceInstance, stepsFor } from "./format.js";
import type { LineCipher } from "./line-cipher.js";
import { FORMAT_VERSION, type Migration } from "./migrations.js";

/** What a journal adds to: the snapshot with this lineage and serial, and no other. */
export type JournalBase = Pick<Snapshot, "lineage" | "serial">;

/** The first line of a journal. */
export interface JournalHeader extends JournalBase {
  readonly formatVersion: number;
  /** Absent: plain text. */
  readonly encryption?: Encryption;
}

/** A line with what is needed to find it again. */
export interface Line {
  readonly bytes: Uint8Array;
  /** The place after its line feed. */
  readonly end: number;
}

const LINE_FEED = 10;

type Kind = JournalEntry["kind"];
type EntryOf<K extends Kind> = Extract<JournalEntry, { readonly kind: K }>;

const header = object<JournalHeader>({
  formatVersion: count,
  lineage: text,
  serial: count,
  encryption: optional(encryption),
});

const kinds: { readonly [K in Kind]: Codec<EntryOf<K>> } = {
  cloud: object({ kind: word("cloud"), cloud: cloudIdentity }),
  begun: object({ kind: word("begun"), intent }),
  written: object({ kind: word("written"), instance: resourceInstance }),
  removed: object({ kind: word("removed"), address }),
  abandoned: object({ kind: word("abandoned"), address }),
};

const kind = word("cloud", "begun", "written", "removed", "abandoned");

const entries: Codec<readonly JournalEntry[]> = list({
  encode: <K extends Kind>(entry: EntryOf<K>) => kinds[entry.kind as K].encode(entry),
  decode: (value, at) => {
    if (!isObject(value)) throw new Malformed(at, "a mapping", value);
    return kinds[kind.decode(value.kind ?? null, `${at}.kind`)].decode(value, at);
  },
});

const objects = list(json);

/** The first line, without its line feed. */
export function formatHeader(base: JournalBase, how: Encryption | undefined): string {
  const { lineage, serial } = base;
  const line = { formatVersion: FORMAT_VERSION, lineage, serial, ...(how && { encryption: how }) };
  return JSON.stringify(header.encode(line));
}

/** The header and the steps to this version. Throws {@link Malformed} or NewerFormat. */
export function parseHeader(line: Line): {
  readonly header: JournalHeader;
  readonly steps: readonly Migration[];
} {
  const value = json.decode(parseJson(line.bytes, "line 1"), "line 1");
  const steps = stepsFor(value);
  return { header: header.decode(value, "line 1"), steps };
}

/** One line, without its line feed: entries that become durable together. */
export function formatBatch(batch: readonly JournalEntry[], cipher?: LineCipher): string {
  const plain = JSON.stringify(entries.encode(batch));
  return cipher ? JSON.stringify(cipher.seal(plain)) : plain;
}

/** The entries of a line; `at` is its place. Throws {@link Malformed} or Altered. */
export function parseBatch(
  line: Line,
  at: string,
  { steps, cipher }: { readonly steps: readonly Migration[]; readonly cipher?: LineCipher },
): readonly JournalEntry[] {
  const value = parseJson(line.bytes, at);
  const batch = cipher ? unsealed(cipher, value, at) : value;
  const migrated = objects
    .decode(batch, at)
    .map((entry) => steps.reduce((it, step) => step.entry(it), entry));
  return entries.decode(migrated, at);
}

function unsealed(cipher: LineCipher, value: unknown, at: string): unknown {
  const plain = cipher.open(text.decode(value, at), at);
  return parseJson(new TextEncoder().encode(plain), at);
}

/**
 * The whole lines. A last one that is no JSON was never durable and is left out: the run that wrote it did
 * not go on.
 */
export function wholeLines(bytes: Uint8Array): readonly Line[] {
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
