import fc from "fast-check";
import t from "tap";
import type { Loaded } from "../../../engine/config/load.js";
import { loadText } from "./load-text.js";
import { BROKEN_SHAPES, VALID } from "./samples.js";

const TEXTS = [...VALID, ...BROKEN_SHAPES];
/** Pieces that mean something to YAML, to the expressions or to the language. */
const PIECES = [
  ..."{}[]:,-#&*!|>%@'\"\\\t\n $.()?~<=",
  ...["${", "$${", "}", "var.", "local.", "each.key", "security_group.", '["a"]', "file('a')"],
  ...["for_each: ", "__proto__: ", "constructor", "null", "true", "0", "1e999", "\r\n", "---\n"],
  ...["resources: ", "\u0000", "\ufeff", "\ud800", "&a ", "*a", "<<: ", "!!str ", "  "],
];

const mutated = fc
  .tuple(
    fc.constantFrom(...TEXTS),
    fc.array(fc.tuple(fc.nat(), fc.nat(4), fc.constantFrom(...PIECES)), { maxLength: 5 }),
  )
  .map(([text, edits]) =>
    edits.reduce((it, [at, length, piece]) => {
      const from = at % (it.length + 1);
      return it.slice(0, from) + piece + it.slice(from + length);
    }, text),
  );

/** A configuration or errors, with every place inside the files. */
function isSound({ configuration, diagnostics, files }: Loaded): boolean {
  const lines = new Map(files.map(({ path, text }) => [path, text.split("\n").length]));
  const inside = diagnostics.every(
    ({ range }) =>
      !range || range.start.line <= (lines.get(range.file) ?? Number.POSITIVE_INFINITY),
  );
  return inside && (configuration !== undefined || diagnostics.length > 0);
}

t.test("any text ends in a configuration or in diagnostics", async () => {
  const text = fc.oneof(mutated, fc.string({ unit: fc.constantFrom(...PIECES) }), fc.string());
  await fc.assert(
    fc.asyncProperty(text, async (it) => isSound(await loadText(it))),
    { numRuns: 2000 },
  );
});

t.test("any bytes end in a configuration or in diagnostics", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) =>
      isSound(await loadText(bytes)),
    ),
  );
});

t.test("any text between ${ and } ends in a configuration or in diagnostics", async () => {
  const expression = fc.string({ unit: fc.constantFrom(...PIECES, "a", "b", "0", "join(") });
  await fc.assert(
    fc.asyncProperty(expression, async (it) =>
      isSound(await loadText(JSON.stringify({ outputs: { x: `\${${it}}` } }))),
    ),
    { numRuns: 2000 },
  );
});
