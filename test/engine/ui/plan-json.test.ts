import t from "tap";
import { jsonText } from "../../../engine/ui/json-text.js";
import { planJson } from "../../../engine/ui/plan-json.js";
import { golden } from "../../helpers/golden.js";
import { EVERYTHING } from "./sample-plans.js";

t.test("a plan is told to programs whole", async (t) => {
  golden(
    t,
    new URL("golden/plan-everything.json.txt", import.meta.url),
    jsonText(planJson(EVERYTHING)),
  );
});

t.test("JSON printed on a terminal does it no harm and stays the same JSON", async (t) => {
  const value = { name: "\u009b2J\u202e\u{e0041}\n\u001b" };
  const text = jsonText(value);
  t.notMatch(text, /(?!\n)[\p{Cc}\p{Cf}]/u);
  t.strictSame(JSON.parse(text), value);
});
