import type { Diagnostic } from "../model/diagnostic.js";
import type { Kept } from "../model/repository.js";
import type { Resource } from "../model/resource.js";
import type { Runtime } from "../model/runtime.js";
import { locate } from "../model/source.js";
import type { ResolvedResource } from "./unique.js";

/** The files that one line of the configuration declares, and that version control does the same with. */
interface Use {
  readonly resource: Resource;
  readonly pointer: string;
  readonly kept: Kept;
  readonly paths: string[];
}

/** Warnings for files of secrets that git has, or would take; one for each line that declares some. */
export async function warnOfKept(
  resources: readonly ResolvedResource[],
  { repository }: Pick<Runtime, "repository">,
): Promise<readonly Diagnostic[]> {
  const files = resources.flatMap(({ resource, resolved }) =>
    resolved.writes.filter((it) => !it.isSealed).map((file) => ({ resource, ...file })),
  );
  if (files.length === 0 || !repository) return [];
  const keeps = await repository.keeps([...new Set(files.map(({ path }) => path))]);
  const uses = new Map<string, Use>();
  for (const { resource, path, pointer } of files) {
    const kept = keeps.get(path);
    if (!kept) continue;
    const { type, name } = resource.address;
    const key = JSON.stringify([type, name, pointer, kept]);
    const use = uses.get(key) ?? { resource, pointer, kept, paths: [] };
    uses.set(key, use);
    if (!use.paths.includes(path)) use.paths.push(path);
  }
  return [...uses.values()].map(warning);
}

function warning({ resource, pointer, kept, paths }: Use): Diagnostic {
  const range = locate(resource.ranges, pointer) ?? resource.range;
  const at = { severity: "warning", address: resource.address, pointer, range } as const;
  const [first = "", ...others] = paths;
  const more = others.length === 0 ? "" : ` and ${others.length} more like it`;
  const last = first.split(/[\\/]/u).at(-1) ?? first;
  const name = others.length === 0 ? last : `${last} and the others`;
  if (kept === "tracked") {
    return {
      ...at,
      code: "secret-file-tracked",
      summary: `git has ${first}${more}: a secret there goes to all who have the repository`,
      detail: "Git remembers what it once had, whatever is committed after it.",
      help: `run \`git rm --cached '${first}'\` and add ${name} to .gitignore; have the secret made anew if it was ever committed`,
    };
  }
  return {
    ...at,
    code: "secret-file-not-ignored",
    summary: `git does not ignore ${first}${more}: \`git add\` takes the secret along`,
    help: `add ${name} to .gitignore, or write to a place outside of the repository`,
  };
}
