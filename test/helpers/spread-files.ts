import type { Spelling } from "./spelling.js";

/** Entries of a mapping by key. */
export type Section = Readonly<Record<string, unknown>>;

/** Places whose value the language wants as it stands. */
const LITERAL: ReadonlySet<string> = new Set(["lifecycle", "depends_on"]);

/**
 * Spreads a configuration over files: each resource and output goes to some file, the keys in some
 * order, and here and there a value becomes a variable or a local.
 */
export function spread(
  { resources, outputs }: { readonly resources: Section; readonly outputs: Section },
  spelling: Spelling,
  format: (value: unknown) => string,
): Readonly<Record<string, string>> {
  const files: Section[] = spelling.shuffled(["main.yaml", "more.yml", "ä b.yaml"]).map(() => ({}));
  const put = (path: readonly string[], value: unknown) => {
    const index = spelling.below(files.length);
    files[index] = within(files[index] ?? {}, path, value);
  };
  const hoist = new Hoist(spelling, put);
  for (const [type, entries] of spelling.shuffled(Object.entries(resources))) {
    for (const [name, body] of spelling.shuffled(Object.entries(entries ?? {}))) {
      put(["resources", type, name], hoist.values(body));
    }
  }
  for (const [name, value] of spelling.shuffled(Object.entries(outputs))) {
    put(["outputs", name], value);
  }
  put(["resources", "security_group"], {});
  return Object.fromEntries(
    files
      .map((content, index) => [`file ${index}.${index === 1 ? "yml" : "yaml"}`, content] as const)
      .filter(([, content]) => Object.keys(content).length > 0)
      .map(([path, content]) => [path, format(shuffleKeys(content, spelling))]),
  );
}

/** Moves values of a resource into variables and locals. */
class Hoist {
  #count = 0;

  constructor(
    readonly spelling: Spelling,
    readonly put: (path: readonly string[], value: unknown) => void,
  ) {}

  /** The body with some of its values replaced. */
  values(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#value(item));
    if (!isSection(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        LITERAL.has(key) ? item : this.#value(item),
      ]),
    );
  }

  #value(value: unknown): unknown {
    const replaced = this.values(value);
    if (!this.spelling.rarely(8) || JSON.stringify(value).includes("each.")) return replaced;
    const name = `v${this.#count++}`;
    if (!JSON.stringify(value).includes("$") && this.spelling.rarely(2)) {
      this.put(["variables", name], { default: value, type: typeOf(value) });
      return `\${var.${name}}`;
    }
    this.put(["locals", name], replaced);
    return `\${local.${name}}`;
  }
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "list";
  if (isSection(value)) return "map";
  return typeof value === "boolean" ? "bool" : typeof value;
}

function within(content: Section, [key = "", ...rest]: readonly string[], value: unknown): Section {
  const before = content[key];
  const inner = isSection(before) ? before : {};
  if (rest.length > 0) return { ...content, [key]: within(inner, rest, value) };
  return { ...content, [key]: isSection(value) ? { ...inner, ...value } : value };
}

function shuffleKeys(value: unknown, spelling: Spelling): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffleKeys(item, spelling));
  if (!isSection(value)) return value;
  return Object.fromEntries(
    spelling
      .shuffled(Object.entries(value))
      .map(([key, item]) => [key, shuffleKeys(item, spelling)]),
  );
}

function isSection(value: unknown): value is Section {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
