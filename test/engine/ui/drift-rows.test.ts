import t from "tap";
import { driftJson } from "../../../engine/ui/drift-json.js";
import { driftRows } from "../../../engine/ui/drift-rows.js";
import { plainText } from "../../../engine/ui/plain-text.js";
import { golden } from "../../helpers/golden.js";
import { aChange, aDrift, aPlan, changed, NOW, place } from "../../helpers/plans.js";
import { EVERYTHING } from "./sample-plans.js";

const OPTIONS = { verbose: false, now: NOW };
const textOf = (plan: typeof EVERYTHING) =>
  plainText(driftRows(plan, OPTIONS), { width: 80, color: false });

t.test("drift says what, when, where it is declared, and what apply would do", async (t) => {
  golden(t, new URL("golden/drift.txt", import.meta.url), textOf(EVERYTHING));
});

t.test("no drift is said in a word", async (t) => {
  golden(t, new URL("golden/drift-none.txt", import.meta.url), textOf(aPlan()));
});

t.test("a change by hand that the configuration agrees with is no threat", async (t) => {
  const plan = aPlan({
    changes: [aChange("no-op", "security_group.web")],
    drift: [aDrift("security_group.web", { attributes: [changed("description", "a", "b")] })],
  });
  t.match(textOf(plan), "the configuration agrees with the cloud");
});

t.test("drift is told to programs", async (t) => {
  const drift = aDrift("security_group.web", {
    range: place("web.yaml", 4),
    updatedAt: "2026-11-23T09:30:00Z",
    attributes: [{ ...changed("description", "a", "b"), range: place("web.yaml", 5) }],
  });
  const { cloud: _, ...plan } = aPlan({ drift: [drift] });
  t.strictSame(driftJson(plan, 0), {
    format_version: 1,
    summary: { changed: 1, deleted: 0, obsolete: 0 },
    unapplied_changes: 0,
    drift: [
      {
        address: "security_group.web",
        kind: "changed",
        file: "web.yaml",
        line: 4,
        updated_at: "2026-11-23T09:30:00Z",
        attributes: [
          {
            path: ["description"],
            kind: "change",
            before: "a",
            after: "b",
            file: "web.yaml",
            line: 5,
          },
        ],
      },
    ],
    diagnostics: [],
  });
});
