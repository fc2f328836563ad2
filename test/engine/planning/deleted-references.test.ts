import t from "tap";
import type { Change } from "../../../engine/model/plan.js";
import { findDeletedReferences } from "../../../engine/planning/deleted-references.js";
import { place } from "../../helpers/plans.js";
import { contextOf, deleted, kept, linked, quiet } from "../../helpers/tied-things.js";

const old = linked("old", "1");
const web = linked("web", "2", { a: "1", b: "3" });
const line = place("main.yaml", 9);

const planned = (change: Change) => {
  if (!("resource" in change)) throw new TypeError("nothing declares it");
  const resource = { ...change.resource, ranges: new Map([["/links/0", line]]) };
  const resolved = {
    attributes: {},
    diagnostics: [],
    pointers: { "/links/a": "/links/0" },
    writes: [],
  };
  return [{ resource, change, diagnostics: [], resolved }];
};

t.test("a declaration that names by its id what is deleted is refused at its place", async (t) => {
  const change = kept(web);
  t.strictSame(
    findDeletedReferences(planned(change), [deleted(old), change], contextOf([old, web])),
    [
      {
        severity: "error",
        code: "names-deleted",
        summary: "thing.web still names thing.old, which the plan deletes, by its id",
        detail: "links to thing.old: The cloud would remove it with that, without a word.",
        address: web.address,
        range: line,
        actual: "1",
        help: "Take it out of the declaration, or declare thing.old again.",
      },
    ],
  );
});

t.test("so is one of something new, and of what holds the deleted", async (t) => {
  const change: Change = {
    ...quiet,
    action: "create",
    address: web.address,
    resource: kept(web).resource,
    desired: { holds: { a: "1" } },
    existing: [],
  };
  const replaced: Change = {
    ...quiet,
    action: "replace",
    address: old.address,
    resource: kept(old).resource,
    desired: {},
    instance: old,
  };
  const found = findDeletedReferences(planned(change), [replaced, change], contextOf([old]));
  t.strictSame(
    found.map(({ summary, detail, help }) => ({ summary, detail, help })),
    [
      {
        summary: "thing.web still names thing.old, which the plan replaces, by its id",
        detail: "holds to thing.old: The cloud would refuse to delete that.",
        help: "Write thing.old in place of the id.",
      },
    ],
  );
});

t.test("what is ignored is no declaration, and what stays may be named", async (t) => {
  const ignoring = kept(web, ["links"]);
  t.strictSame(
    findDeletedReferences(planned(ignoring), [deleted(old), ignoring], contextOf([old, web])),
    [],
  );
  const change = kept(web);
  t.strictSame(findDeletedReferences(planned(change), [change], contextOf([old, web])), []);
});
