import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import type { Files, Place } from "../../../engine/model/runtime.js";

/** Whether this run was told that it may put a new secret in the place of what is at a path. */
export function mayReplace(files: Pick<Files, "replaceable" | "resolve">, path: string): boolean {
  return files.replaceable.has(files.resolve(path));
}

/** The mistake of a path that leads out of the configuration's folder; none for any other. */
export function outsideMistake(place: Place, path: string, pointer: string): readonly Diagnostic[] {
  if (place.kind !== "outside") return [];
  return [
    {
      severity: "error",
      code: "secret-path-outside",
      summary: `${path} leads out of the configuration's folder`,
      pointer,
      actual: place.real,
      help: "give a path within the folder, without links that lead out, or the absolute path",
    },
  ];
}

/** Warnings for the file of a secret that was delivered: it is gone, is no file, or others may read it. */
export function deliveredWarnings(
  place: Place,
  path: string,
  { pointer, anew }: { readonly pointer: string; readonly anew: string },
): readonly Diagnostic[] {
  switch (place.kind) {
    case "nothing":
      return [
        {
          severity: "warning",
          code: "secret-file-lost",
          summary: `${path} is gone, where the secret was delivered`,
          pointer,
          help: `put it back, or have another made: ${anew}`,
        },
      ];
    case "taken":
      return [
        {
          severity: "warning",
          code: "secret-file-lost",
          summary: `${path} is ${place.what} now, and not the file that was delivered`,
          pointer,
          help: `find out who did this, and put the file back; or have another made: ${anew}`,
        },
      ];
    case "file":
      return exposureWarning(place, path, pointer);
    case "outside":
      return [];
  }
}

/** A warning where others than its owner may reach the file of a secret. */
export function exposureWarning(
  place: Place,
  path: string,
  pointer: string,
): readonly Diagnostic[] {
  if (place.kind !== "file" || !place.exposed) return [];
  return [
    {
      severity: "warning",
      code: "secret-file-exposed",
      summary: `${path} can be reached by others than its owner`,
      pointer,
      detail: "Whoever has read it can log in with it.",
      help: `run \`chmod 600 ${path}\`, and have another made if somebody may have read it`,
    },
  ];
}
