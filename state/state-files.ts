import { behindLinks, fileError } from "./disk.js";

/** The files of one state. */
export interface StateFiles {
  readonly state: string;
  readonly backup: string;
  readonly journal: string;
  readonly lock: string;
}

/** They lie beside each other: where the state is a link, beside its target. Throws `file-error`. */
export async function stateFiles(path: string): Promise<StateFiles> {
  const state = await behindLinks(path).catch((error: unknown) => {
    throw fileError(`find the state ${path}`, error);
  });
  return {
    state,
    backup: `${state}.backup`,
    journal: `${state}.journal`,
    lock: `${state}.lock`,
  };
}
