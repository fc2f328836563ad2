import { closest } from "../model/closest.js";
import type { JsonSchema } from "../model/json-schema.js";
import { privateKeyLines } from "../model/private-key-text.js";
import type { Provider } from "../model/provider.js";
import type { SourceFile } from "../model/source.js";
import { isObject } from "../model/value.js";
import type { Declarations } from "./declarations.js";
import { entriesOf, type Node, valueAt } from "./node.js";
import { rangeOf } from "./source-text.js";
import { seemingSecretLines } from "./unparsed-secrets.js";

/** What tells where secrets stand in files. */
export interface SecretPlaces {
  readonly declarations: Declarations;
  readonly providers: readonly Provider[];
  /** The files that were understood; of others only their words tell. */
  readonly parsed: ReadonlySet<string>;
}

/** Keys by which other programs call what nobody may see. */
const SECRET_WORDS = /secret|passw|passcode|passphrase|token/iu;

/**
 * The files with the lines that hold a secret, which no message quotes: a text in the place of what
 * a type's schema calls `writeOnly`, or under a key that seems to mean it; the default of a sensitive
 * variable; what a provider has no setting for, such as a password; and a private key anywhere.
 */
export function withSecretLines(
  files: readonly SourceFile[],
  { declarations, providers, parsed }: SecretPlaces,
): readonly SourceFile[] {
  const hidden = new Map<string, Set<number>>();
  const hide = (path: string, from: number, to: number) => {
    const lines = hidden.get(path) ?? new Set();
    for (let line = from; line <= to; line += 1) lines.add(line);
    hidden.set(path, lines);
  };
  for (const node of secretNodes(declarations, providers)) {
    const { file, start, end } = rangeOf(node.at);
    hide(file, start.line, end.line);
  }
  for (const { path, text } of files) {
    for (const line of privateKeyLines(text)) hide(path, line, line);
  }
  const names = secretNames(providers);
  return files.map((file) => {
    const seeming = parsed.has(file.path) ? [] : seemingSecretLines(file.text, names);
    if (seeming === "all") return { ...file, secretLines: seeming };
    const secretLines = new Set([...(hidden.get(file.path) ?? []), ...seeming]);
    return secretLines.size > 0 ? { ...file, secretLines } : file;
  });
}

function secretNodes(
  { provider, variables, resources }: Declarations,
  providers: readonly Provider[],
): readonly Node[] {
  const types = providers.flatMap((it) => it.types);
  const settings = providers.find(({ name }) => name === provider?.name)?.schema.properties;
  const ofProvider = entriesOf(provider?.node).filter(({ key }) => !hasKey(settings, key));
  const ofVariables = [...variables.values()].flatMap(({ node }) => {
    const isSensitive = valueAt(node, "sensitive");
    const fallback = valueAt(node, "default");
    return isSensitive?.kind === "scalar" && isSensitive.value === true && fallback
      ? [fallback]
      : [];
  });
  const ofResources = [...resources.values()].flatMap(({ type, node }) => {
    const schema = types.find(({ name }) => name === type)?.schema ?? {};
    const names = secretPointers(schema).map((pointer) => pointer.slice(1));
    const declared = names.flatMap((name) => valueAt(node, name) ?? []);
    const strange = entriesOf(node).filter(
      ({ key }) => !hasKey(schema.properties, key) && seemsSecret(key, names),
    );
    const given = declared.filter(({ kind }) => kind === "scalar" || kind === "list");
    return [...given, ...strange.map(({ value }) => value)];
  });
  return [...ofProvider.map(({ value }) => value), ...ofVariables, ...ofResources];
}

function seemsSecret(key: string, names: readonly string[]): boolean {
  return SECRET_WORDS.test(key) || closest(key, names) !== undefined;
}

function hasKey(properties: unknown, key: string): boolean {
  return isObject(properties) && Object.hasOwn(properties, key);
}

function secretNames(providers: readonly Provider[]): readonly string[] {
  const schemas = providers.flatMap(({ types }) => types.map(({ schema }) => schema));
  return schemas.flatMap(secretPointers).map((pointer) => pointer.slice(1));
}

/** The pointers of a body's properties that are given and never shown (JSON Schema validation, 9.4). */
export function secretPointers({ properties }: JsonSchema): readonly string[] {
  if (!isObject(properties)) return [];
  return Object.entries(properties).flatMap(([name, schema]) =>
    isObject(schema) && schema.writeOnly === true ? [`/${name}`] : [],
  );
}
