import { formatAddress } from "../model/address.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Resource } from "../model/resource.js";
import type { Files } from "../model/runtime.js";
import type { SecretFile } from "../model/secret-file.js";
import { locate } from "../model/source.js";
import type { ResolvedResource } from "./unique.js";

/** Errors for files that may be replaced, and that no declaration puts a secret into: a slip of the pen. */
export function checkReplaceable(
  resources: readonly ResolvedResource[],
  { replaceable }: Pick<Files, "replaceable">,
): readonly Diagnostic[] {
  const written = new Set(
    resources.flatMap(({ resolved }) => resolved.writes.map((it) => it.path)),
  );
  return [...replaceable]
    .filter((path) => !written.has(path))
    .map((path) => ({
      severity: "error",
      code: "secret-file-unused",
      summary: `--replace-secret-file names ${path}, which nothing declared is written to`,
      help: "Give the path of a declared file, relative to the working directory.",
    }));
}

/** Errors for secrets that would go where the program keeps its own. */
export function checkOwnFiles(
  resources: readonly ResolvedResource[],
  { isOwn = () => false }: Pick<Files, "isOwn">,
): readonly Diagnostic[] {
  return resources.flatMap(({ resource, resolved }) =>
    resolved.writes
      .filter(({ path }) => isOwn(path))
      .map((file) => ({
        severity: "error",
        code: "secret-path-taken",
        summary: `${file.path} is a file of the state`,
        address: resource.address,
        pointer: file.pointer,
        range: placeOf({ resource, file }),
        help: "Give the secret a file of another name.",
      })),
  );
}

interface Use {
  readonly resource: Resource;
  readonly file: SecretFile;
}

/** Errors for resources of any type that would put their secrets into the same file, or part of one. */
export function checkSecretFiles(resources: readonly ResolvedResource[]): readonly Diagnostic[] {
  const uses = new Map<string, Use[]>();
  return resources.flatMap(({ resource, resolved }) =>
    resolved.writes.flatMap((file): readonly Diagnostic[] => {
      const earlier = uses.get(file.path) ?? [];
      const owner = earlier.find((it) => it.resource !== resource && overlap(it.file, file));
      uses.set(file.path, [...earlier, { resource, file }]);
      return owner ? [clash({ resource, file }, owner)] : [];
    }),
  );
}

function overlap(a: SecretFile, b: SecretFile): boolean {
  return a.part === undefined || b.part === undefined || a.part === b.part;
}

function clash(use: Use, owner: Use): Diagnostic {
  const { resource, file } = use;
  const part = file.part !== undefined && file.part === owner.file.part ? ` (${file.part})` : "";
  return {
    severity: "error",
    code: "secret-file-shared",
    summary: `Two resources would put their secrets into ${file.path}${part}`,
    address: resource.address,
    pointer: file.pointer,
    range: placeOf(use),
    related: [
      { message: `${formatAddress(owner.resource.address)} does too`, range: placeOf(owner) },
    ],
    help: isRepeated(resource, owner.resource)
      ? "The path needs ${each.key}, so that each instance has its own."
      : "Give each its own path.",
  };
}

function placeOf({ resource, file }: Use) {
  return locate(resource.ranges, file.pointer) ?? resource.range;
}

/** Whether two are instances of one declaration. */
function isRepeated({ address: a }: Resource, { address: b }: Resource): boolean {
  return a.type === b.type && a.name === b.name;
}
