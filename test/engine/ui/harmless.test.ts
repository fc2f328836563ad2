import fc from "fast-check";
import t from "tap";
import { harmless } from "../../../engine/ui/harmless.js";
import { span } from "../../../engine/ui/row.js";

t.test("what a terminal would act on is spelled out", async (t) => {
  for (const [text, shown] of [
    ["web", "web"],
    ["\u001b[31mred", "\\u001b[31mred"],
    ["\u009b2J", "\\u009b2J"],
    ["\u202egpj.exe", "\\u202egpj.exe"],
    ["a\u200bb", "a\\u200bb"],
    ["one\ntwo\r\tthree", "one\\ntwo\\r\\tthree"],
    ["no\u00a0break", "no\\u00a0break"],
    ["\ud800", "\\ud800"],
    ["\u{e0041}", "\\udb40\\udc41"],
    ["grün 日本 →", "grün 日本 →"],
  ] as const)
    t.equal(harmless(text), shown);
});

t.test("no segment holds a control or format character, and harmless text stays", async () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const shown = span(text).text;
      return !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(shown) && harmless(shown) === shown;
    }),
  );
});
