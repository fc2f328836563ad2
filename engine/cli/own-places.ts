import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isOfState } from "../../state/state-files.js";
import type { StateOptions } from "./options.js";
import { statePath } from "./state.js";
import type { World } from "./world.js";

/** The world in which no secret may go where the state is kept. */
export function withoutOwnPlaces(world: World, options: StateOptions): World {
  const state = statePath(world, options);
  const states = new Set([state, realOf(state, true)]);
  const isOwn = (path: string) =>
    [path, realOf(path)].some((it) => [...states].some((own) => isOfState(own, it)));
  return {
    ...world,
    runtime: (folder) => {
      const runtime = world.runtime(folder);
      return { ...runtime, files: { ...runtime.files, isOwn } };
    },
  };
}

/** A path whose folder has no links, as far as it is there; `whole`: nor itself. */
function realOf(path: string, whole = false): string {
  try {
    return whole ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
  } catch {
    return whole ? realOf(path) : path;
  }
}
