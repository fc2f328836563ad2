import {
  appendFileSync,
  chmodSync,
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { OutsideError } from "../../../engine/model/errors.js";
import { lockFile } from "./lock.js";

/** One change: a row of a table as it is from now on, or the id of one that is gone. */
type Change = readonly [table: string, id: string, row: object | null];

/** Tables of rows by id. */
type Contents = Map<string, Map<string, object>>;

/** Where changes go. What is recorded takes effect at `commit`, whole or not at all. */
export interface Journal {
  /** What was there at the start. */
  readonly contents: Contents;
  record(change: Change): void;
  /** In the hands of the operating system when it returns: a killed process loses nothing. */
  commit(): void;
  close(): void;
}

/** Keeps nothing. */
export function memoryJournal(): Journal {
  return { contents: new Map(), record() {}, commit() {}, close() {} };
}

/**
 * Keeps rows in a file of JSON lines, one line for the changes of one request, each appended in
 * time independent of the file's size. The file is rewritten to its net content when it is opened;
 * a last line that was cut off is dropped. Throws `file-error`.
 */
export function openJournal(path: string): Journal {
  const release = lockFile(path);
  try {
    const contents = readContents(path);
    compact(path, contents);
    return appendingTo(path, contents, release);
  } catch (error) {
    release();
    throw error;
  }
}

function appendingTo(path: string, contents: Contents, release: () => void): Journal {
  const file = openSync(path, "a", 0o600);
  let changes: Change[] = [];
  return {
    contents,
    record: (change) => {
      changes.push(change);
    },
    commit: () => {
      if (changes.length > 0) writeSync(file, `${JSON.stringify(changes)}\n`);
      changes = [];
    },
    close: () => {
      closeSync(file);
      release();
    },
  };
}

function compact(path: string, contents: Contents): void {
  const next = `${path}.next`;
  writeFileSync(next, "", { mode: 0o600 });
  chmodSync(next, 0o600);
  for (const [table, rows] of contents) {
    const lines = [...rows].map(([id, row]) => `${JSON.stringify([[table, id, row]])}\n`);
    appendFileSync(next, lines.join(""));
  }
  renameSync(next, path);
}

function readContents(path: string): Contents {
  const contents: Contents = new Map();
  const lines = readLines(path);
  for (const [index, line] of lines.entries()) {
    const changes = parseLine(line);
    if (!changes) throw damaged(path, index + 1);
    for (const change of changes) applyChange(contents, change);
  }
  return contents;
}

/** Of what a sandbox has kept, in bytes: near the longest text of Node. */
const MOST_BYTES = 500_000_000;

/** Throws `file-error` for a pipe or a device, which would be waited for, and for what is too large. */
function refuseEndless(path: string): void {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status || (status.isFile() && status.size <= MOST_BYTES)) return;
  const what = status.isFile() ? `has ${status.size} bytes` : "is no file";
  throw new OutsideError("file-error", `the sandbox data in ${path} cannot be read: it ${what}`, {
    help: "move it away to begin anew",
  });
}

/** The whole lines: what stands behind the last line end was never finished. */
function readLines(path: string): readonly string[] {
  refuseEndless(path);
  try {
    return readFileSync(path, "utf8").split("\n").slice(0, -1);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw new OutsideError("file-error", `the sandbox data in ${path} cannot be read`, {
      cause: error,
    });
  }
}

function parseLine(line: string): readonly Change[] | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return Array.isArray(value) && value.every(isChange) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isChange(value: unknown): value is Change {
  return (
    Array.isArray(value) &&
    value.length === 3 &&
    typeof value[0] === "string" &&
    typeof value[1] === "string" &&
    typeof value[2] === "object"
  );
}

function applyChange(contents: Contents, [table, id, row]: Change): void {
  const rows = contents.get(table) ?? new Map<string, object>();
  contents.set(table, rows);
  if (row) rows.set(id, row);
  else rows.delete(id);
}

function damaged(path: string, line: number): OutsideError {
  return new OutsideError(
    "file-error",
    `line ${line} of ${path} is not a record of the sandbox's data`,
    { help: "move the file away to begin with an empty cloud" },
  );
}
