import t from "tap";
import { Sensitive, Unknown } from "../../../engine/model/value.js";
import { transitionText, valueText } from "../../../engine/ui/value-text.js";
import { at, place } from "../../helpers/plans.js";

const WIDE = { limit: 200 };
const reference = { address: at("security_group.web"), path: ["id"], range: place("a.yaml", 1) };

t.test("values read as people write them", async (t) => {
  for (const [value, text] of [
    [null, "(none)"],
    [true, "true"],
    ["", '""'],
    ["two\nlines", '"two\\nlines"'],
    [["a", 1], '["a", 1]'],
    [{}, "{}"],
    [{ port: 22, open: false }, "{ port: 22, open: false }"],
    [new Unknown(), "(known after apply)"],
    [new Unknown(reference), "(known after apply: security_group.web.id)"],
    [new Sensitive("x"), "(sensitive)"],
    [{ password: new Sensitive("x") }, "{ password: (sensitive) }"],
  ] as const)
    t.equal(valueText(value, WIDE), text);
});

t.test("a transition names both sides", async (t) => {
  t.equal(transitionText("a", undefined, WIDE), '"a" → (none)');
  t.equal(transitionText("a", new Unknown(), WIDE), '"a" → (known after apply)');
  t.equal(transitionText(new Sensitive("a"), new Sensitive("b"), WIDE), "(sensitive, changed)");
});
