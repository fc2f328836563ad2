import { behindLinks, fileError } from "./disk.js";

/** The files of one state. */
export interface StateFiles {
  readonly state: string;
  readonly backup: string;
  readonly journal: string;
  readonly lock: string;
}

/** What may follow the state's name in the name of a file that is the state's, too. */
const BESIDE =
  /^(?:\.backup|\.journal|\.lock|\.takeover)*(?:\.damaged-[^.]*|\.kept-[^.]*|\.[^.]+\.tmp)?$/u;

/** Whether a path is a state's file, or one that lies beside it. */
export function isOfState(state: string, path: string): boolean {
  return path.startsWith(state) && BESIDE.test(path.slice(state.length));
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
