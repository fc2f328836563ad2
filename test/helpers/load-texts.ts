import { type Loaded, loadConfiguration } from "../../engine/config/load.js";
import type { Runtime } from "../../engine/model/runtime.js";
import { openstack } from "../../providers/openstack/provider.js";
import { rawFiles } from "./raw-files.js";

/** Always the same list: the validator is kept for it. */
export const PROVIDERS = [openstack];

/** The texts of a folder's files, by path. */
export type Texts = Readonly<Record<string, string>>;

/** Loads a folder's texts, without variables. */
export function loadTexts(texts: Texts, runtime: Runtime): Promise<Loaded> {
  return loadConfiguration({
    files: rawFiles(texts),
    variableFiles: [],
    variables: [],
    providers: PROVIDERS,
    runtime,
  });
}
