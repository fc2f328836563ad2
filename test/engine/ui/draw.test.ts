import t from "tap";
import { draw } from "../../../engine/ui/draw.js";
import { plainText } from "../../../engine/ui/plain-text.js";
import { planRows } from "../../../engine/ui/plan-rows.js";
import type { Row } from "../../../engine/ui/row.js";
import { golden } from "../../helpers/golden.js";
import { NOW } from "../../helpers/plans.js";
import { EVERYTHING, THOUSAND } from "./sample-plans.js";

const OPTIONS = { verbose: false, now: NOW };

t.test("the headline is drawn in a box", async (t) => {
  const rows = planRows(EVERYTHING, OPTIONS);
  const text = await draw(rows, { columns: 80, color: false });
  golden(t, new URL("golden/drawn-everything-80.txt", import.meta.url), text);
});

t.test("but for the box, ink and plain text show the same", async (t) => {
  const unframed = ({ frame: _, ...row }: Row): Row => row;
  const rows = planRows(THOUSAND, { ...OPTIONS, verbose: true })
    .slice(0, 300)
    .map(unframed);
  for (const width of [80, 140])
    t.equal(
      await draw(rows, { columns: width, color: false }),
      plainText(rows, { width, color: false }),
    );
});
