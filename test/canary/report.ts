import { SPELLINGS } from "./forms.js";
import type { Place } from "./place.js";
import type { Secret } from "./secret.js";
import { SecretIndex } from "./secret-index.js";
import { VIEWS } from "./views.js";

/** What the search has come to. */
export interface Report {
  /** Secrets where they may not be, in words that tell none. */
  readonly hits: readonly string[];
  /** How many secrets were found where they may be, by what these places are. */
  readonly allowed: ReadonlyMap<string, number>;
  readonly files: number;
  readonly streams: number;
  readonly secrets: number;
  readonly forms: number;
}

/** Looks for all secrets in all places. */
export function search(places: readonly Place[], secrets: readonly Secret[]): Report {
  const index = new SecretIndex(secrets);
  const allowed = new Map<string, number>();
  const hits = new Set<string>();
  for (const place of places) {
    for (const { secret, form } of index.findIn(place.bytes)) {
      const { allowance } = place;
      const isOpen = allowance?.isPrivate && place.mode !== undefined && place.mode !== 0o600;
      if (allowance?.owners.includes(secret.owner) && !isOpen)
        allowed.set(allowance.what, (allowed.get(allowance.what) ?? 0) + 1);
      else hits.add(`${place.name}: ${secret.name} (${form})${isOpen ? ", readable" : ""}`);
    }
  }
  const named = (kind: Place["kind"]) =>
    new Set(places.filter((it) => it.kind === kind).map((it) => it.name)).size;
  return {
    hits: [...hits],
    allowed,
    files: named("file"),
    streams: named("stream"),
    secrets: new Set(secrets.map((it) => it.bytes.toString("latin1"))).size,
    forms: SPELLINGS.length + VIEWS.length,
  };
}
