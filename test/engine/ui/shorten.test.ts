import fc from "fast-check";
import t from "tap";
import { shorten, shortenPair } from "../../../engine/ui/shorten.js";

t.test("a long text loses its middle", async (t) => {
  t.equal(shorten("abcdefghij", 10), "abcdefghij");
  t.equal(shorten("abcdefghijk", 10), "abcde…hijk");
});

t.test("texts that differ in their middle alone are shown round the difference", async (t) => {
  const before = `${"a".repeat(50)}X${"b".repeat(50)}`;
  const after = `${"a".repeat(50)}Y${"b".repeat(50)}`;
  t.strictSame(shortenPair(before, after, 12), ["…aaaXbbbbbb…", "…aaaYbbbbbb…"]);
});

t.test("two that differ never look the same, and both fit", async () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "é", "日"), maxLength: 60 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [short, other] = shortenPair(a, b, 12);
      return (a === b) === (short === other) && [...short].length <= 12 && [...other].length <= 12;
    }),
  );
});
