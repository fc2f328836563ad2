import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isObject } from "../model/value.js";

/** The package's version: package.json is beside `engine` in the sources, above `dist` when built. */
export const VERSION = readVersion();

function readVersion(): string {
  const require = createRequire(import.meta.url);
  const here = dirname(fileURLToPath(import.meta.url));
  const root = join(here, "..", "..");
  for (const folder of [root, join(root, "..")]) {
    try {
      const content: unknown = require(join(folder, "package.json"));
      if (isObject(content) && typeof content.version === "string") return content.version;
    } catch {}
  }
  return "unknown";
}
