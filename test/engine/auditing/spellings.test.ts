import fc from "fast-check";
import t from "tap";
import { Needles } from "../../../engine/auditing/needles.js";
import { spellings } from "../../../engine/auditing/spellings.js";

const secret = fc.string({ minLength: 14, maxLength: 300, unit: "binary" });
const bytes = fc.string({ maxLength: 80, unit: "binary-ascii" });

function needlesOf(text: string): Needles<string> {
  const needles = new Needles<string>();
  for (const spelling of spellings(text)) needles.add(spelling, text);
  return needles;
}

t.test(
  "a secret is found in base64, whatever stands around it and wherever lines are folded",
  async () => {
    const kinds = fc.constantFrom("base64" as const, "base64url" as const);
    const property = fc.property(
      secret,
      bytes,
      bytes,
      kinds,
      fc.integer({ min: 64, max: 76 }),
      (text, before, behind, kind, width) => {
        const encoded = Buffer.from(`${before}${text}${behind}`).toString(kind);
        const lines = encoded.match(new RegExp(`.{1,${width}}`, "gu")) ?? [];
        const needles = needlesOf(text);
        const isLong = Buffer.byteLength(text) >= 50;
        return (
          needles.find(encoded).has(text) && (!isLong || needles.find(lines.join("\r\n")).has(text))
        );
      },
    );
    fc.assert(property);
  },
);

t.test("a secret is found as it is, at its first place, and nothing else is", async (t) => {
  const property = fc.property(secret, bytes, bytes, (text, before, behind) => {
    const haystack = Buffer.from(`${before}${text}${behind}${text}`).toString("latin1");
    const part = Buffer.from(text).toString("latin1");
    return needlesOf(text).find(haystack).get(text) === haystack.indexOf(part);
  });
  fc.assert(property);
  t.strictSame([...needlesOf("correct horse battery").find("correct horse batterz")], []);
});

t.test("what is too short to be told from chance is looked for as it is alone", async (t) => {
  t.strictSame(spellings("hunter2"), ["hunter2"]);
  t.strictSame([...needlesOf("abc").find("abc")], []);
});
