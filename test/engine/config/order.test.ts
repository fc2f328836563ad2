import fc from "fast-check";
import t from "tap";
import { parseDocument, visit } from "yaml";
import type { Configuration } from "../../../engine/model/configuration.js";
import { canonicalJson } from "../../../engine/model/value.js";
import { loadText } from "./load-text.js";
import { VALID } from "./samples.js";

/** The configuration without places. */
function meaning(configuration: Configuration | undefined) {
  const text = JSON.stringify({ ...configuration, files: [] }, (key, value: unknown) =>
    key === "range" || key === "ranges" ? undefined : value,
  );
  return canonicalJson(JSON.parse(text));
}

t.test("the order of keys and the division into files mean nothing", async (t) => {
  const text = VALID.at(-1) ?? "";
  const expected = meaning((await loadText(text)).configuration);
  t.match(expected, "security_group");
  const order = fc.infiniteStream(fc.nat());
  await fc.assert(
    fc.asyncProperty(order, fc.boolean(), async (stream, divided) => {
      const draw = () => stream.next().value ?? 0;
      const shuffled = shuffleKeys(text, draw);
      const files = divided ? divide(shuffled, draw) : shuffled;
      return meaning((await loadText(files)).configuration) === expected;
    }),
    { numRuns: 50 },
  );
});

function shuffleKeys(text: string, draw: () => number): string {
  const document = parseDocument(text);
  visit(document, {
    Map: (_key, map) => {
      map.items = map.items
        .map((item) => ({ item, rank: draw() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ item }) => item);
    },
  });
  return String(document);
}

type Part = Record<string, Record<string, unknown>>;

/** Each entry of each section goes to one of three files. */
function divide(text: string, draw: () => number): Record<string, string> {
  const parts: readonly Part[] = [{}, {}, {}];
  const sections: Part = parseDocument(text).toJS();
  for (const [section, entries] of Object.entries(sections)) {
    for (const [name, value] of Object.entries(entries)) {
      const part = parts[draw() % parts.length];
      if (part) part[section] = { ...part[section], [name]: value };
    }
  }
  return Object.fromEntries(
    parts
      .filter((part) => Object.keys(part).length > 0)
      .map((part, index) => [`${index}.yaml`, JSON.stringify(part)]),
  );
}
