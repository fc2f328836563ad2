import { type Loaded, type LoadRequest, loadConfiguration } from "../../../engine/config/load.js";
import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import { formatRange } from "../../../engine/model/source.js";
import { rawFiles } from "../../helpers/raw-files.js";
import { type TestRuntimeOptions, testRuntime } from "../../helpers/runtime.js";
import { fakeProvider } from "./fake-provider.js";

const PROVIDERS = [fakeProvider()];

export interface LoadTextOptions extends TestRuntimeOptions {
  readonly variables?: LoadRequest["variables"];
  readonly onOutline?: LoadRequest["onOutline"];
  readonly variableFiles?: Readonly<Record<string, string | Uint8Array>>;
}

/** Loads texts as the files of a folder; a single text is `main.yaml`. */
export function loadText(
  texts: string | Uint8Array | Readonly<Record<string, string | Uint8Array>>,
  options: LoadTextOptions = {},
): Promise<Loaded> {
  const single = typeof texts === "string" || texts instanceof Uint8Array;
  return loadConfiguration({
    files: rawFiles(single ? { "main.yaml": texts } : texts),
    variableFiles: rawFiles(options.variableFiles ?? {}),
    variables: options.variables ?? [],
    providers: PROVIDERS,
    runtime: testRuntime(options),
    ...(options.onOutline && { onOutline: options.onOutline }),
  });
}

/** `code 3:7 summary`, with the file where it is not `main.yaml`. */
export function brief({ code, range, summary }: Diagnostic): string {
  const place = range ? formatRange(range).replace(/^main\.yaml:/u, "") : "nowhere";
  return `${code} ${place} ${summary}`;
}
