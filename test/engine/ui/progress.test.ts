import t from "tap";
import { Template } from "../../../engine/model/expression.js";
import type { Line } from "../../../engine/ui/layout.js";
import { ProgressHistory } from "../../../engine/ui/progress.js";
import { aChange, aPlan, at, NOW, place } from "../../helpers/plans.js";
import { THOUSAND } from "./sample-plans.js";

const START = NOW.getTime();
const WEB = at("security_group.web");
const DATABASE = at("security_group.database");

const PLAN = aPlan({
  changes: [
    aChange("create", "security_group.web"),
    aChange("create", "security_group.database", {
      config: {
        rules: [new Template([{ address: WEB, path: ["id"], range: place("a.yaml", 1) }])],
      },
    }),
    aChange("delete", "key_pair.old", {}),
    aChange("delete", "application_credential.old", { dependencies: [at("key_pair.old")] }),
  ],
});

const history = (plan = PLAN, now = START + 2500) =>
  new ProgressHistory({ plan, now: () => new Date(now), columns: () => 80 });

const textOf = (lines: readonly Line[]) =>
  lines.map(({ segments }) => segments.map(({ text }) => text).join(""));

t.test("the live picture says how far, what runs and what waits for what", async (t) => {
  const progress = history();
  progress.record({ kind: "began", at: START, total: 4 });
  progress.record({ kind: "started", at: START + 500, address: WEB, action: "create" });
  progress.record({ kind: "progress", at: START, address: WEB, message: "adding 97 rules" });
  t.strictSame(textOf(progress.live()), [
    "╍╍╍╍╍─────────────── · 0 of 4 done · 1 under way · 3 waiting · 2.5s",
    "  + security_group.web  creating: adding 97 rules  2.0s",
    "    security_group.database waits for security_group.web",
    "    key_pair.old waits for application_credential.old",
  ]);
  progress.record({
    kind: "succeeded",
    at: START,
    address: WEB,
    action: "create",
    notes: [],
    elapsed: 2000,
  });
  progress.record({ kind: "started", at: START + 2000, address: DATABASE, action: "create" });
  t.strictSame(textOf(progress.live()), [
    "━━━━━╍╍╍╍╍────────── · 1 of 4 done · 1 under way · 2 waiting · 2.5s",
    "  + security_group.database  creating  0.5s",
    "    key_pair.old waits for application_credential.old",
  ]);
  t.strictSame(textOf(progress.kept), ["", "[1/4] security_group.web: created in 2.0s"]);
});

t.test("nothing is said to wait for what others did not wait for", async (t) => {
  const references = {
    rules: [new Template([{ address: WEB, path: ["id"], range: place("a.yaml", 1) }])],
  };
  const names = ["a", "b"].map((name) => `security_group.${name}`);
  const changes = names.map((name) => aChange("create", name, { config: references }));
  const progress = history(
    aPlan({ changes: [aChange("create", "security_group.web"), ...changes] }),
  );
  for (const address of [WEB, at("security_group.a")])
    progress.record({ kind: "started", at: START, address, action: "create" });
  t.notMatch(textOf(progress.live()).join("\n"), "waits for");
});

t.test("of a thousand changes only failures stay printed", async (t) => {
  const progress = history(THOUSAND);
  progress.record({ kind: "began", at: START, total: 1000 });
  const action = "create";
  const event = { at: START, address: WEB, action, elapsed: 1 } as const;
  progress.record({ ...event, kind: "succeeded", notes: [] });
  progress.record({ ...event, kind: "failed", error: new Error("no") });
  t.strictSame(textOf(progress.kept), [
    "",
    "[   2/1000] security_group.web: failed after 0.0s of creating: no",
  ]);
});

t.test("a picture of very many stays small", async (t) => {
  const progress = history(THOUSAND);
  for (const { address, action } of THOUSAND.changes.slice(0, 500))
    progress.record({ kind: "started", at: START, address, action });
  t.equal(progress.live().length, 12);
});
