import { compareAddresses, formatAddress } from "../engine/model/address.js";
import type { CloudIdentity, NamedId } from "../engine/model/cloud-identity.js";
import { parseJsonText } from "../engine/model/json-text.js";
import { repeatedKey } from "../engine/model/repeated-key.js";
import { lineNumberAt } from "../engine/model/source.js";
import type { Intent, ResourceInstance, Snapshot } from "../engine/model/state.js";
import { isObject, type JsonObject } from "../engine/model/value.js";
import {
  address,
  type Codec,
  count,
  flag,
  json,
  list,
  Malformed,
  object,
  optional,
  text,
  word,
} from "./codec.js";
import { FORMAT_VERSION, type Migration, migrationsFrom } from "./migrations.js";

/** A file of a version that is not known here. */
export class NewerFormat extends Error {
  constructor(readonly version: number) {
    super(`format version ${version}`);
  }
}

const namedId = object<NamedId>({ id: text, name: text });

export const cloudIdentity = object<CloudIdentity>({
  name: text,
  authUrl: text,
  region: optional(text),
  project: namedId,
  user: namedId,
});

export const resourceInstance = object<ResourceInstance>({
  address,
  provider: text,
  id: text,
  schemaVersion: count,
  preventDestroy: flag,
  dependencies: list(address),
  attributes: json,
});

export const intent = object<Intent>({
  address,
  action: word("create", "update", "delete", "import"),
  startedAt: text,
  run: text,
  name: text,
  existing: list(text),
  delivery: optional(json),
});

const snapshot = object<Snapshot & { readonly formatVersion: number }>({
  formatVersion: count,
  lineage: text,
  serial: count,
  cloud: optional(cloudIdentity),
  outputs: json,
  pending: byAddress(intent),
  instances: byAddress(resourceInstance),
});

/** The file's text: the same for equal snapshots. */
export function formatSnapshot(value: Snapshot): string {
  const encoded = snapshot.encode({ ...value, formatVersion: FORMAT_VERSION });
  return `${JSON.stringify(encoded, null, 2)}\n`;
}

/** The inverse of {@link formatSnapshot}. Throws {@link Malformed} or {@link NewerFormat}. */
export function parseSnapshot(bytes: Uint8Array): Snapshot {
  return decodeSnapshot(parseJson(bytes, ""));
}

/** A snapshot of any version. Throws {@link Malformed} or {@link NewerFormat}. */
export function decodeSnapshot(value: unknown): Snapshot {
  const file = json.decode(value, "");
  const migrated = stepsFor(file).reduce((it, step) => step.snapshot(it), file);
  const { formatVersion: _, ...rest } = snapshot.decode(migrated, "");
  return rest;
}

/** How a file comes to this version. Throws {@link NewerFormat}, or {@link Malformed} for a file of none. */
export function stepsFor(value: JsonObject): readonly Migration[] {
  const version = versionOf(value);
  const steps = migrationsFrom(version);
  if (!steps) throw new Malformed("format_version", `1 to ${FORMAT_VERSION}`, version);
  return steps;
}

/** The version that a file says it has. Throws {@link NewerFormat} for a later one. */
export function versionOf(value: unknown): number {
  if (!isObject(value)) throw new Malformed("", "a mapping", value);
  const version = count.decode(value.format_version ?? null, "format_version");
  if (version > FORMAT_VERSION) throw new NewerFormat(version);
  return version;
}

function decodeText(bytes: Uint8Array, at: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Malformed(at, "UTF-8 text");
  }
}

/** Throws {@link Malformed} with the parser's words. */
export function parseJson(bytes: Uint8Array, at: string): unknown {
  const content = decodeText(bytes, at);
  const value = parseText(content, at);
  const repeated = repeatedKey(content);
  if (!repeated) return value;
  throw new Malformed(at || `line ${repeated.line}`, `the key ${repeated.key} only once`);
}

function parseText(content: string, at: string): unknown {
  try {
    return parseJsonText(content);
  } catch (error) {
    const said = error instanceof Error ? error.message : "unreadable";
    const [, offset] = /at position (\d+)/u.exec(said) ?? [];
    const place = offset === undefined ? at : at || `line ${lineNumberAt(content, Number(offset))}`;
    throw new Malformed(place, `JSON (${said})`);
  }
}

/** A list of things with distinct addresses, sorted by them. */
function byAddress<T extends Pick<Intent, "address">>(item: Codec<T>): Codec<readonly T[]> {
  const items = list(item);
  const compare = (a: T, b: T) => compareAddresses(a.address, b.address);
  return {
    encode: (values) => items.encode(values.toSorted(compare)),
    decode: (value, at) => {
      const decoded = items.decode(value, at);
      const seen = new Set<string>();
      for (const it of decoded) {
        const name = formatAddress(it.address);
        if (seen.has(name)) throw new Malformed(at, `${name} only once`);
        seen.add(name);
      }
      return decoded.toSorted(compare);
    },
  };
}
