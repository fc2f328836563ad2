import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import { OutsideError } from "../../../engine/model/errors.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { isObject } from "../../../engine/model/value.js";
import type { Fields } from "./fields.js";

/** A file of settings as it was read. */
export interface YamlFile {
  /** Absolute, for messages. */
  readonly path: string;
  /** Every scalar is a text as it was written, or null: `password: 0123` keeps its zero. */
  readonly content: Fields;
  /** `/etc/openstack/clouds.yaml:4:7`: the nearest place to a key path. */
  locate(keys: readonly string[]): string;
}

/** The first of these files that exists, parsed; undefined where there is none. */
export async function readFirst(
  paths: readonly string[],
  runtime: Runtime,
): Promise<YamlFile | undefined> {
  for (const path of paths) {
    const bytes = await runtime.files.read(path);
    if (bytes) return parseFile(runtime.files.resolve(path), bytes);
  }
  return undefined;
}

/** Parses YAML, and so JSON too. Throws `bad-cloud-config` with the place; never quotes the file, which holds secrets. */
function parseFile(path: string, bytes: Uint8Array): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(decodeText(path, bytes), {
    schema: "failsafe",
    customTags: ["null", "merge"],
    lineCounter: lines,
    prettyErrors: false,
  });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  const [error] = document.errors;
  if (error) throw badFile(`${place(error.pos[0])}: ${error.message}`);
  const content: unknown = toPlain(path, document);
  if (!isObject(content)) throw badFile(`${path}:1:1: expected a mapping with the key "clouds"`);
  return { path, content, locate: (keys) => place(offsetOf(document, keys)) };
}

function decodeText(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw badFile(`${path}: not UTF-8 text`, cause);
  }
}

function toPlain(path: string, document: Document): unknown {
  try {
    return document.toJS() ?? {};
  } catch (cause) {
    throw badFile(`${path}: its aliases expand to more than any real file has`, cause);
  }
}

function offsetOf(document: Document, keys: readonly string[]): number {
  for (let length = keys.length; length > 0; length--) {
    const node = document.getIn(keys.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function badFile(message: string, cause?: unknown): OutsideError {
  return new OutsideError("bad-cloud-config", message, {
    help: "Mend the file; it holds the clouds to log in to.",
    ...(cause !== undefined && { cause }),
  });
}
