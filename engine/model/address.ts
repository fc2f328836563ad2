/** The name of one resource instance: its YAML path, with the `for_each` key where there is one. */
export interface Address {
  /** The resource type, such as `security_group`. */
  readonly type: string;
  /** The name given under the type. */
  readonly name: string;
  /** The `for_each` key; absent for a resource that is not repeated. */
  readonly key?: string;
}

const NAME = "[A-Za-z_][A-Za-z0-9_-]*";
const ADDRESS = new RegExp(
  `^([a-z][a-z0-9_]*)\\.(${NAME})(?:\\[("(?:[^"\\\\]|\\\\.)*")\\])?$`,
  "u",
);

/** Whether a text may be a resource's, variable's or output's name. */
export function isName(text: string): boolean {
  return new RegExp(`^${NAME}$`, "u").test(text);
}

/** `security_group.web`, or `security_group.web["a"]`: the form in files, plans, state and messages. */
export function formatAddress(address: Address): string {
  const base = `${address.type}.${address.name}`;
  return address.key === undefined ? base : `${base}[${JSON.stringify(address.key)}]`;
}

/** The inverse of {@link formatAddress}; undefined for any other text. */
export function parseAddress(text: string): Address | undefined {
  const match = ADDRESS.exec(text);
  if (!match) return undefined;
  const [, type = "", name = "", quoted] = match;
  if (quoted === undefined) return { type, name };
  try {
    const key: unknown = JSON.parse(quoted);
    return typeof key === "string" ? { type, name, key } : undefined;
  } catch {
    return undefined;
  }
}

/** An address as people write it: inside a text in double quotes, `web['a']` too. */
export function readAddress(text: string): Address | undefined {
  return parseAddress(text.replace(/\['([^'"\\]*)'\]$/u, '["$1"]'));
}

/** A type's name as one of its kind: `a key_pair`, `an application_credential`. */
export function withArticle(type: string): string {
  return `${/^[aeiou]/u.test(type) ? "an" : "a"} ${type}`;
}

/** Sorts by type, name, then key, by code unit: the same on every machine and in every locale. */
export function compareAddresses(a: Address, b: Address): number {
  return (
    compareTexts(a.type, b.type) ||
    compareTexts(a.name, b.name) ||
    compareTexts(a.key ?? "", b.key ?? "")
  );
}

/** Code unit order of two texts. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
