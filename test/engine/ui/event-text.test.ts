import t from "tap";
import type { ApplyEvent } from "../../../engine/model/event.js";
import { eventRow } from "../../../engine/ui/event-text.js";
import { plainText } from "../../../engine/ui/plain-text.js";
import { at } from "../../helpers/plans.js";

const address = at("security_group.web");
const action = "create";

t.test("each event is a line of a log", async (t) => {
  const cases: readonly (readonly [ApplyEvent, string])[] = [
    [{ kind: "started", at: 0, address, action }, "creating…"],
    [{ kind: "progress", at: 0, address, message: "adding 97 rules" }, "adding 97 rules"],
    [{ kind: "succeeded", at: 0, address, action, notes: ["n"], elapsed: 1234 }, "created in 1.2s"],
    [
      { kind: "failed", at: 0, address, action, error: new Error("no\nmore"), elapsed: 2000 },
      "failed after 2.0s of creating: no",
    ],
    [
      { kind: "skipped", at: 0, address, action, because: at("key_pair.a") },
      "skipped, because key_pair.a failed",
    ],
  ];
  for (const [event, text] of cases) {
    const row = eventRow(event, { done: 3, total: 12 });
    const shown = plainText(row ? [row] : [], { width: 80, color: false });
    t.equal(shown, `[ 3/12] security_group.web: ${text}\n`);
  }
});

t.test("beginning and end are no lines", async (t) => {
  const position = { done: 0, total: 1 };
  t.equal(eventRow({ kind: "began", at: 0, total: 1 }, position), undefined);
  t.equal(eventRow({ kind: "ended", at: 0, elapsed: 1 }, position), undefined);
});
