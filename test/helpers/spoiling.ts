import fc from "fast-check";
import { parseJsonText } from "../../engine/model/json-text.js";
import { isObject } from "../../engine/model/value.js";

/** What is done to a text, most often to one that is JSON. */
export type Spoiling =
  | { readonly kind: "value"; readonly place: number; readonly json: string }
  | { readonly kind: "remove" | "repeat"; readonly place: number }
  | { readonly kind: "flip" | "cut" | "double"; readonly place: number }
  | { readonly kind: "splice"; readonly place: number; readonly piece: string };

const DEEP = 20_000;

/** JSON values that are of another type, kind or size than what is expected. */
const VALUES: readonly string[] = [
  ...["null", "true", "false", "0", "-1", "0.5", "9007199254740993", "1e308", "1e999", "-0"],
  ...['""', '"."', '".."', '"a/../../b?c#d"', '"__proto__"', '"constructor"', '"NaN"', '"\\ud800"'],
  ...['"\\u001b[31m\\u202e\\u0007"', '"\\u0000"', '"\\n\\r\\n"', '"2026-99-99T00:00:00Z"'],
  ...['"${var.x}"', '"http://"', '"ftp://x"', `"${"x".repeat(5000)}"`, '"0.0.0.0/33"', '"::/x"'],
  ...["[]", "{}", "[null]", "[[]]", "[{}]", '{"id": null}', '{"id": ".."}', '{"href": "?a=b"}'],
  ...['{"__proto__": {"polluted": true}}', '{"constructor": {"prototype": {"polluted": true}}}'],
  ...['{"toString": null, "hasOwnProperty": 1}', '{"length": 1e9}', '{"toJSON": "x"}'],
  "[".repeat(DEEP) + "]".repeat(DEEP),
];
const PIECES = [
  "\u0000",
  '"',
  "{",
  "]",
  ",",
  "\\",
  "\n",
  "\ufeff",
  "é",
  "-",
  "9",
  "\u001b[2J",
  "<html>",
];

export const spoiling: fc.Arbitrary<Spoiling> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("value"),
      place: fc.nat(),
      json: fc.constantFrom(...VALUES),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom("remove", "repeat"), place: fc.nat() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("flip", "cut", "double"), place: fc.nat() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("splice"),
      place: fc.nat(),
      piece: fc.constantFrom(...PIECES),
    }),
  },
);

/** How many places are tried until one differs. */
const ATTEMPTS = 20;

/**
 * The text with that done to it, and never the same text: values by their place in JSON, lines of
 * JSON or the words of any other text.
 */
export function spoil(text: string, how: Spoiling): string {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const spoiled = spoilAt(text, { ...how, place: how.place + attempt });
    if (spoiled !== undefined && spoiled !== text) return spoiled;
  }
  return `${text}\u0000`;
}

function spoilAt(text: string, how: Spoiling): string | undefined {
  const at = how.place % (text.length + 1);
  switch (how.kind) {
    case "cut":
      return text.slice(0, at);
    case "double":
      return text.slice(0, at) + text;
    case "flip":
      return `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ 1)}${text.slice(at + 1)}`;
    case "splice":
      return text.slice(0, at) + how.piece + text.slice(at);
    default:
      return spoilJson(text, how) ?? spoilLine(text, how) ?? spoilWord(text, how);
  }
}

type JsonSpoiling = Extract<Spoiling, { readonly kind: "value" | "remove" | "repeat" }>;

const MARK = "\u0000here\u0000";

/** Undefined where the text is no JSON, or stays what it says. */
function spoilJson(text: string, how: JsonSpoiling): string | undefined {
  const value = parse(text);
  if (value === undefined) return undefined;
  const before = JSON.stringify(value);
  const places = placesIn(value);
  const place = places[how.place % places.length];
  if (!place) return how.kind === "value" ? how.json : "";
  if (how.kind === "value") place.set(MARK);
  else if (how.kind === "remove") place.remove();
  else place.repeat();
  const after = JSON.stringify(value).replace(JSON.stringify(MARK), () =>
    how.kind === "value" ? how.json : "",
  );
  return after === before ? undefined : after;
}

/** One line of a text that has JSON in each, as a journal; of every third place a whole line. */
function spoilLine(text: string, how: JsonSpoiling): string | undefined {
  const lines = text.split("\n");
  const index = how.place % lines.length;
  const line = lines[index] ?? "";
  if (parse(line) === undefined) return undefined;
  const place = Math.floor(how.place / lines.length);
  if (place % 3 === 0 && how.kind === "remove") return lines.toSpliced(index, 1).join("\n");
  if (place % 3 === 0 && how.kind === "repeat") return lines.toSpliced(index, 0, line).join("\n");
  const spoiled = spoilJson(line, { ...how, place });
  return spoiled === undefined ? undefined : lines.with(index, spoiled).join("\n");
}

/** A word of a text such as YAML, or a line of it. */
function spoilWord(text: string, how: JsonSpoiling): string | undefined {
  if (how.kind === "repeat") {
    const lines = text.split("\n");
    const index = how.place % lines.length;
    return lines.toSpliced(index, 0, lines[index] ?? "").join("\n");
  }
  const words = [...text.matchAll(/[^\s,:{}[\]"]+|[:{}[\]"]/gu)];
  const word = words[how.place % words.length];
  if (!word) return undefined;
  const piece = how.kind === "value" ? how.json : "";
  return text.slice(0, word.index) + piece + text.slice(word.index + word[0].length);
}

function parse(text: string): unknown {
  try {
    return parseJsonText(text);
  } catch {
    return undefined;
  }
}

/** A value inside another. */
interface Place {
  readonly set: (value: string) => void;
  readonly remove: () => void;
  readonly repeat: () => void;
}

function placesIn(value: unknown): readonly Place[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => [
      {
        set: (it: string) => value.splice(index, 1, it),
        remove: () => value.splice(index, 1),
        repeat: () => value.push(item),
      },
      ...placesIn(item),
    ]);
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    {
      set: (it: string) => Reflect.set(value, key, it),
      remove: () => Reflect.deleteProperty(value, key),
      repeat: () => Reflect.set(value, `${key}_`, item),
    },
    ...placesIn(item),
  ]);
}
