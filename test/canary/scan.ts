import { gunzipSync } from "node:zlib";
import { formsOf, type Latin } from "./forms.js";

/** A secret where it should not be. */
interface Hit {
  readonly place: string;
  readonly secret: string;
  readonly form: string;
}

/** What was looked through. */
export interface Scan {
  readonly hits: readonly Hit[];
  /** How many spellings of secrets were looked for. */
  readonly spellings: number;
}

/** Looks for each secret, by its name, in each form in each text, by its place, and in what is packed there. */
export function scan(texts: ReadonlyMap<string, Latin>, secrets: ReadonlyMap<string, Latin>): Scan {
  const wanted = [...secrets].flatMap(([secret, value]) =>
    [...formsOf(value)].map(([form, spelling]) => ({ secret, form, spelling })),
  );
  const hits = [...texts].flatMap(([place, text]) =>
    [text, ...unpacked(text)].flatMap((part) =>
      wanted
        .filter(({ spelling }) => part.includes(spelling))
        .map(({ secret, form }) => ({ place, secret, form })),
    ),
  );
  return { hits, spellings: wanted.length };
}

const GZIP = "\u001f\u008b\u0008";

/** The content of what gzip packed, wherever it begins. */
function unpacked(text: Latin): readonly Latin[] {
  const parts: Latin[] = [];
  for (let at = text.indexOf(GZIP); at >= 0; at = text.indexOf(GZIP, at + 1)) {
    try {
      parts.push(gunzipSync(Buffer.from(text.slice(at), "latin1")).toString("latin1"));
    } catch {
      // Three bytes that happen to be these.
    }
  }
  return parts;
}
