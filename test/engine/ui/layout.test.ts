import fc from "fast-check";
import t from "tap";
import { layoutLines } from "../../../engine/ui/layout.js";
import { plainText } from "../../../engine/ui/plain-text.js";
import { hanging, type Row, span } from "../../../engine/ui/row.js";
import { displayWidth } from "../../../engine/ui/width.js";

const narrow = (row: Row, width = 30) => plainText([row], { width, color: false });

t.test("a long body goes on behind its lead", async (t) => {
  const row = hanging(2, [span("~ name  ")], span("one two three four five six"));
  t.equal(narrow(row), "  ~ name  one two three four\n          five six\n");
});

t.test("a word longer than a line is broken, an address never", async (t) => {
  const long = "x".repeat(40);
  t.equal(narrow(hanging(2, [], span(long))), `  ${"x".repeat(28)}\n  ${"x".repeat(12)}\n`);
  t.equal(narrow(hanging(2, [], span(long, "strong"))), `  ${long}\n`);
});

t.test("wide characters take two columns", async (t) => {
  t.equal(
    narrow(hanging(0, [], span("日本語日本語 日本語日本語")), 20),
    "日本語日本語\n日本語日本語\n",
  );
});

const words = fc
  .array(fc.string({ unit: fc.constantFrom("a", "b", "日", "é", " "), maxLength: 50 }))
  .map((parts) => parts.map((part) => span(part)));

t.test("every line fits, and no character but blanks is lost", async () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 24, max: 60 }), (body, width) => {
      const lines = layoutLines([hanging(2, [span("+ ")], ...body)], width);
      const texts = lines.map(({ segments }) => segments.map(({ text }) => text).join(""));
      const solid = (text: string) => text.replaceAll(" ", "");
      return (
        texts.every((text) => displayWidth(text) <= width) &&
        solid(texts.join("")) === solid(`+${body.map(({ text }) => text).join("")}`)
      );
    }),
  );
});
