import type { Runtime } from "../../../engine/model/runtime.js";
import { type PemRead, readAuthorities } from "./pem-file.js";

/** What Python's requests looks at, in its order, where it is given nothing else to check by (sessions.py). */
const VARIABLES = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"] as const;

/** The authorities that a variable names for all of a machine's programs; undefined where none does. */
export async function readBundle(
  runtime: Runtime,
): Promise<(PemRead & { readonly variable: string }) | undefined> {
  const variable = VARIABLES.find((name) => runtime.env[name]);
  const path = variable && runtime.env[variable];
  if (!variable || !path) return undefined;
  return { ...(await readAuthorities(path, runtime)), variable };
}
