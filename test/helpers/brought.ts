import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

const read = (path: string) => readFileSync(join(PROJECT, path), "utf8");
const LOCK: { readonly packages: Readonly<Record<string, Manifest>> } = JSON.parse(
  read("package-lock.json"),
);

/** The packages that one brings, by their place in the lock, and theirs; in the order of their names. */
export function broughtBy(name: string): readonly string[] {
  const found = new Set<string>();
  const visit = (path: string) => {
    for (const other of Object.keys(LOCK.packages[path]?.dependencies ?? {})) {
      const place = placeFor(path, other);
      if (found.has(place)) continue;
      found.add(place);
      visit(place);
    }
  };
  visit(`node_modules/${name}`);
  return [...found].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** As Node resolves it: the nearest folder of packages that has it. */
function placeFor(from: string, name: string): string {
  for (let at = from; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    if (LOCK.packages[`${at}/node_modules/${name}`]) return `${at}/node_modules/${name}`;
  }
  return `node_modules/${name}`;
}

function nameOf(place: string): string {
  return place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
}

/** What a package's own files take, in bytes; `place` is its folder in the project. */
export function sizeOf(place: string): number {
  const walk = (folder: string): number =>
    readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => name !== "node_modules")
      .reduce((sum, entry) => {
        const path = join(folder, entry.name);
        return sum + (entry.isDirectory() ? walk(path) : statSync(path).size);
      }, 0);
  return walk(join(PROJECT, place));
}

/** A list of what each dependency brings by name, and what all together take, in Markdown. */
export function broughtList(): string {
  const { dependencies = {} }: Manifest = JSON.parse(read("package.json"));
  const names = Object.keys(dependencies);
  const lines = names.flatMap((name) => {
    const places = broughtBy(name);
    if (places.length === 0) return [];
    const all = [`node_modules/${name}`, ...places];
    return [`- \`${name}\`, ${kilobytes(all)} with ${places.length}: ${namesOf(places)}.`];
  });
  const everything = [
    ...new Set(names.flatMap((name) => [`node_modules/${name}`, ...broughtBy(name)])),
  ];
  return [...lines, `- All ${everything.length} packages: ${kilobytes(everything)}.`].join("\n");
}

/** Names; of a package that is there in two versions, that it is. */
function namesOf(places: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of places.map(nameOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count > 1 ? `${name} (${count}×)` : name)).join(", ");
}

function kilobytes(places: readonly string[]): string {
  return `${Math.round(places.reduce((sum, it) => sum + sizeOf(it), 0) / 1000)} kB`;
}
