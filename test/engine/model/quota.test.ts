import t from "tap";
import { findShortages, sumAmounts } from "../../../engine/model/quota.js";

t.test("amounts add up by what is counted", async (t) => {
  t.strictSame(sumAmounts([{ keys: 1 }, { keys: 2, rules: 3 }, {}]), { keys: 3, rules: 3 });
  t.strictSame(sumAmounts([]), {});
});

t.test("only what exceeds what is left is a shortage", async (t) => {
  const rooms = { rules: { limit: 100, left: 3 }, keys: { limit: 5, left: 5 } };
  t.strictSame(findShortages({ rules: 12, keys: 5, groups: 1000 }, rooms), [
    "12 rules, and 3 of 100 are left",
  ]);
  t.strictSame(findShortages({ rules: 3 }, rooms), []);
});
