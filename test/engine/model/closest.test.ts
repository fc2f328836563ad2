import t from "tap";
import { closest } from "../../../engine/model/closest.js";

t.test("the nearest candidate is what a misspelled word means", async (t) => {
  const words = ["description", "type", "rules", "ssh", "https", "http"];
  for (const [word, expected] of [
    ["descripton", "description"],
    ["tpye", "type"],
    ["Rules", "rules"],
    ["htps", "https"],
    ["shh", "ssh"],
    ["a", undefined],
    ["something", undefined],
    ["", undefined],
  ] as const) {
    t.equal(closest(word, words), expected, word);
  }
});

t.test("a thousand and more candidates do not hold a message up", async (t) => {
  const many = Array.from({ length: 100_000 }, (_, n) => `name-${n}`);
  t.equal(closest("nam-7", many), "name-7");
});
