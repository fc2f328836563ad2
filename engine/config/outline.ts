import type { ProviderBlock } from "../model/configuration.js";
import type { Provider } from "../model/provider.js";
import { isObject, type JsonObject } from "../model/value.js";
import { collect } from "./declarations.js";
import { plain } from "./node.js";
import { hasTemplate } from "./parse-template.js";
import { parseYaml } from "./parse-yaml.js";
import { SourceText } from "./source-text.js";

/** What a glance at a configuration tells: a guess, to be held against what is read afterwards. */
export interface Outline {
  readonly provider: ProviderBlock;
  /** Resource types that are declared, maybe not all. */
  readonly types: ReadonlySet<string>;
}

const ANY_PROVIDER = /^(?:[^#\n]*[ \t,{])?["']?provider["']?[ \t]*:/gmu;

/**
 * Which cloud is meant and what of it, by the sections that begin at the start of a line; parsing it
 * all takes as long as a log-in. Undefined where the provider block is not simple or not right.
 */
export function outlineOf(
  files: readonly SourceText[],
  providers: readonly Provider[],
): Outline | undefined {
  const types = new Set(files.flatMap(({ text }) => keysOf(sectionOf(text, "resources") ?? "")));
  const provider = providerIn(files, providers);
  return provider && { provider, types };
}

function providerIn(
  files: readonly SourceText[],
  providers: readonly Provider[],
): ProviderBlock | undefined {
  const [first] = providers;
  const [text, ...others] = files.flatMap((file) =>
    [...file.text.matchAll(ANY_PROVIDER)].map(() => file.text),
  );
  if (text === undefined) return first && { name: first.name, settings: {} };
  const section = sectionOf(text, "provider");
  return section === undefined || others.length > 0 ? undefined : providerOf(section, providers);
}

/** The lines of a section, with its key. */
function sectionOf(text: string, key: string): string | undefined {
  const start = text.search(new RegExp(`^${key}[ \\t]*:(?=\\s)`, "mu"));
  if (start < 0) return undefined;
  const section = text.slice(start);
  const end = section.search(/(?<=\n)[^\s#]/u);
  return end < 0 ? section : section.slice(0, end);
}

/** The keys in the second level of a section. */
function keysOf(section: string): readonly string[] {
  const indent = /^ +(?=[^\s#])/mu.exec(section)?.[0];
  if (indent === undefined) return [];
  return [...section.matchAll(new RegExp(`^${indent}(\\w+)[ \\t]*:(?=\\s)`, "gmu"))].flatMap(
    ([, key]) => key ?? [],
  );
}

function providerOf(section: string, providers: readonly Provider[]): ProviderBlock | undefined {
  let mistakes = 0;
  const note = () => {
    mistakes += 1;
  };
  const node = parseYaml(new SourceText({ path: "", text: section }), note);
  const declared = node && collect([node], note).provider;
  const provider = providers.find(({ name }) => name === declared?.name);
  if (!declared || !provider || mistakes > 0 || hasTemplate(declared.node)) return undefined;
  const settings = plain(declared.node);
  if (!isObject(settings) || !fits(settings, provider)) return undefined;
  return { name: provider.name, settings };
}

/** Whether settings are of the types that the schema has for them. */
function fits(settings: JsonObject, { schema }: Provider): boolean {
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.entries(settings).every(([key, value]) => {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    return isObject(property) && property.type === typeof value;
  });
}
