import type { JsonSchema } from "../model/json-schema.js";
import { privateKeyLines } from "../model/private-key-text.js";
import type { ResourceType } from "../model/resource-type.js";
import type { SourceFile } from "../model/source.js";
import { isObject } from "../model/value.js";
import type { Declarations } from "./declarations.js";
import { type Node, valueAt } from "./node.js";
import { rangeOf } from "./source-text.js";

/**
 * The files with the lines that hold a secret, which no message quotes: a text in the place of what
 * a type's schema calls `writeOnly`, and a private key anywhere.
 */
export function withSecretLines(
  files: readonly SourceFile[],
  resources: Declarations["resources"],
  types: readonly ResourceType[],
): readonly SourceFile[] {
  const hidden = new Map<string, Set<number>>();
  const hide = (path: string, from: number, to: number) => {
    const lines = hidden.get(path) ?? new Set();
    for (let line = from; line <= to; line += 1) lines.add(line);
    hidden.set(path, lines);
  };
  const hideTexts = (node: Node) => {
    const { file, start, end } = rangeOf(node.at);
    if (node.kind === "scalar" || node.kind === "list") hide(file, start.line, end.line);
  };
  for (const { type, node } of resources.values()) {
    const schema = types.find(({ name }) => name === type)?.schema;
    for (const pointer of schema ? secretPointers(schema) : []) {
      const value = valueAt(node, pointer.slice(1));
      if (value) hideTexts(value);
    }
  }
  for (const { path, text } of files) {
    for (const line of privateKeyLines(text)) hide(path, line, line);
  }
  return files.map((file) => {
    const secretLines = hidden.get(file.path);
    return secretLines ? { ...file, secretLines } : file;
  });
}

/** The pointers of a body's properties that are given and never shown (JSON Schema validation, 9.4). */
export function secretPointers({ properties }: JsonSchema): readonly string[] {
  if (!isObject(properties)) return [];
  return Object.entries(properties).flatMap(([name, schema]) =>
    isObject(schema) && schema.writeOnly === true ? [`/${name}`] : [],
  );
}
