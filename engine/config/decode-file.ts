import type { Diagnostic } from "../model/diagnostic.js";
import { SourceText } from "./source-text.js";

/** One file: its bytes, or why there are none; `size` is that of a file too large to be read. */
export type RawFile = {
  /** Relative to the configuration's folder, with `/`. */
  readonly path: string;
} & ({ readonly bytes: Uint8Array } | { readonly problem: string } | { readonly size: number });

/** The largest file that is read, in bytes. */
export const MAX_FILE_BYTES = 10_000_000;
const LINE_FEED = 0x0a;

/** The text of a file: UTF-8, with or without byte order mark. */
export function decodeFile(file: RawFile): SourceText | Diagnostic {
  if ("problem" in file) return unreadable(file);
  return "size" in file ? tooLarge(file.path, file.size) : decodeBytes(file);
}

function unreadable({ path, problem }: Problem): Diagnostic {
  return {
    severity: "error",
    code: "file-missing",
    summary: problem,
    range: pointRange(path, 1, 1),
    help: "make the file readable, or remove it from the folder",
  };
}

interface Problem {
  readonly path: string;
  readonly problem: string;
}

interface Bytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}

function decodeBytes(file: Bytes): SourceText | Diagnostic {
  if (file.bytes.length > MAX_FILE_BYTES) return tooLarge(file.path, file.bytes.length);
  const text = decodeUtf8(file.bytes);
  return text === undefined ? invalid(file) : new SourceText({ path: file.path, text });
}

function tooLarge(path: string, bytes: number): Diagnostic {
  return {
    severity: "error",
    code: "yaml-too-large",
    summary: "the file is too large",
    range: pointRange(path, 1, 1),
    actual: `${bytes} bytes`,
    expected: `at most ${MAX_FILE_BYTES} bytes`,
    help: "split it into several files",
  };
}

/** The text of UTF-8 bytes without byte order mark; undefined for any other bytes. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function invalid(file: Bytes): Diagnostic {
  const [first, second] = file.bytes;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const { line, column } = firstInvalid(file.bytes);
  return {
    severity: "error",
    code: "yaml-encoding",
    summary: "the file is not valid UTF-8",
    range: pointRange(file.path, line, column),
    ...(utf16 && { actual: "UTF-16" }),
    expected: "UTF-8",
    help: "save the file as UTF-8",
  };
}

/** No UTF-8 sequence crosses a line feed, so each line is valid or not by itself. */
function firstInvalid(bytes: Uint8Array): { line: number; column: number } {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed < 0 ? bytes.length : feed;
    const part = bytes.subarray(start, end);
    if (decodeUtf8(part) === undefined) {
      return { line, column: new TextDecoder().decode(part).indexOf("\ufffd") + 1 };
    }
    start = end + 1;
  }
  return { line: 1, column: 1 };
}

function pointRange(path: string, line: number, column: number) {
  return { file: path, start: { line, column }, end: { line, column: column + 1 } };
}
