import { relative, resolve } from "node:path";
import type { World } from "./world.js";

/** The world in which this run may put new secrets in the place of the files at these absolute paths. */
export function replacing(world: World, paths: readonly string[]): World {
  const replaceable = new Set(paths);
  return {
    ...world,
    runtime: (folder) => {
      const runtime = world.runtime(folder);
      return { ...runtime, files: { ...runtime.files, replaceable } };
    },
  };
}

/** Paths of the command line, absolute. */
export function fromCommandLine(world: World, paths: readonly string[]): readonly string[] {
  return paths.map((path) => resolve(world.cwd, path));
}

/** Absolute paths as a plan file keeps them: by the configuration's folder, which may be elsewhere later. */
export function toPlanFile(folder: string, paths: readonly string[]): readonly string[] {
  return paths.map((path) => relative(folder, path));
}

/** Paths of a plan file, absolute. */
export function fromPlanFile(folder: string, paths: readonly string[]): readonly string[] {
  return paths.map((path) => resolve(folder, path));
}
