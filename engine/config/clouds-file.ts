import type { Node } from "./node.js";

/** The top-level keys of clouds.yaml, secure.yaml and clouds-public.yaml. */
const CLOUDS_KEYS = new Set(["clouds", "public-clouds", "cache", "client"]);
/** A key that is there for its anchor, as is the custom in such files. */
const ANCHOR_KEY = /^(?:_|\.|x-)/u;

/**
 * Whether a file is one of OpenStack's own, as `write_to: {clouds_yaml: ...}` puts into the folder:
 * such a file declares nothing, and may use all of YAML.
 */
export function isCloudsFile(document: Node): boolean {
  if (document.kind !== "map") return false;
  const keys = [...document.entries.keys()];
  const isOne = keys.includes("clouds") || keys.includes("public-clouds");
  return isOne && keys.every((key) => CLOUDS_KEYS.has(key) || ANCHOR_KEY.test(key));
}
