import t from "tap";
import { findLosses } from "../../../engine/planning/losses.js";
import { contextOf, deleted, kept, linked, quiet, thing } from "../../helpers/tied-things.js";

const old = linked("old", "1");
const stray = { id: "4", name: "stray", attributes: { links: { c: "1", d: "9" } } };
const help = "Point these at something else first, where what they allow is still needed.";

t.test("what goes from what is not managed is told once for each deletion", async (t) => {
  const web = linked("web", "2", { a: "1", b: "3" });
  t.strictSame(findLosses([deleted(old), kept(web)], contextOf([old, web], [stray])), [
    {
      severity: "warning",
      code: "remote-cascade",
      summary: "deleting thing.old also removes links of another thing",
      detail: "stray (not managed here): links to thing.old",
      address: old.address,
      help,
    },
  ]);
});

t.test("what is only forgotten stays and loses", async (t) => {
  const web = linked("web", "2", { a: "1" });
  const forgotten = { ...quiet, action: "forget", address: web.address, instance: web } as const;
  const [warning] = findLosses([deleted(old), forgotten], contextOf([old, web], [stray]));
  t.strictSame(
    [warning?.summary, warning?.detail],
    [
      "deleting thing.old also removes links of 2 other things",
      "thing.web: links to thing.old\nstray (not managed here): links to thing.old",
    ],
  );
});

t.test("what is deleted as well, or taken by a change, is no other's loss", async (t) => {
  const web = linked("web", "2", { a: "1" });
  t.strictSame(findLosses([deleted(old), deleted(web)], contextOf([old, web])), []);
  const claimed = new Map([["thing", new Set(["4"])]]);
  t.strictSame(findLosses([deleted(old)], { ...contextOf([old], [stray]), claimed }), []);
});

t.test("what the cloud does not remove by itself is no loss", async (t) => {
  const holding = { id: "5", name: "held", attributes: { holds: { a: "1" } } };
  t.strictSame(findLosses([deleted(old)], contextOf([old], [holding])), []);
});

t.test("a type without such ties has nothing to tell", async (t) => {
  const { ties: _, ...loose } = thing;
  t.strictSame(findLosses([deleted(old)], contextOf([old], [stray], loose)), []);
});
