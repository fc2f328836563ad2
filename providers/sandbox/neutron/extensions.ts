import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import { Refusal, type Reply } from "../http.js";
import { EXTENSION_TEXTS } from "./extension-texts.js";

/** Abilities that came after the release that is the model here. */
const LATER = new Set(["security-groups-default-rules"]);

/** The aliases of the extensions that a cloud has: those of Zed, but for what is said otherwise. */
export function chooseExtensions(choice: Readonly<Record<string, boolean>>): ReadonlySet<string> {
  return new Set(
    Object.keys(EXTENSION_TEXTS).filter((alias) => choice[alias] ?? !LATER.has(alias)),
  );
}

/** GET /extensions */
export function listExtensions(cloud: Cloud): Reply {
  return { status: 200, json: { extensions: [...cloud.extensions].map(describe) } };
}

/** GET /extensions/ALIAS */
export function showExtension(cloud: Cloud, alias: string): Reply {
  if (cloud.extensions.has(alias)) return { status: 200, json: { extension: describe(alias) } };
  throw new Refusal({ status: 404, html: `Extension with alias ${alias} does not exist` });
}

function describe(alias: string): JsonObject {
  const [name, description, updated] = EXTENSION_TEXTS[alias] ?? [alias, alias, ""];
  return { name, alias, description, updated, links: [] };
}
