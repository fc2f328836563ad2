import t from "tap";
import type { Change } from "../../../engine/model/plan.js";
import { withCascades } from "../../../engine/planning/cascades.js";
import { contextOf, deleted, kept, linked } from "../../helpers/tied-things.js";

const old = linked("old", "1");
const web = linked("web", "2", { a: "1", b: "3" });
const gone = {
  path: ["links", "a"],
  kind: "remove",
  before: "1",
  label: "links to thing.old",
  goesWith: old.address,
  range: kept(web).resource.range,
} as const;

t.test("what goes with a deletion from what is managed is a change of that", async (t) => {
  const change = kept(web, ["links"]);
  const context = contextOf([old, web]);
  t.strictSame(withCascades([deleted(old), change], context), [
    deleted(old),
    {
      action: "update",
      address: web.address,
      reason: "links go with thing.old",
      attributes: [gone],
      resource: change.resource,
      instance: web,
      desired: { links: { b: "3" } },
    },
  ]);
  t.strictSame(
    context.planned.get("thing.web")?.attributes,
    { links: { b: "3" } },
    "references see it so",
  );
});

t.test("a change of its own keeps its reason and gets another", async (t) => {
  const { resource } = kept(web, ["links"]);
  const own = { path: ["name"], kind: "change", before: "x", after: "y" } as const;
  const update: Change = {
    action: "update",
    address: web.address,
    reason: "name changed",
    attributes: [own],
    resource,
    instance: web,
    desired: { name: "y" },
  };
  const [, changed] = withCascades([deleted(old), update], contextOf([old, web]));
  t.strictSame(changed, {
    ...update,
    reason: "name changed; links go with thing.old",
    attributes: [own, gone],
  });
});

t.test("what the change removes itself, or the declaration names, is left as it is", async (t) => {
  const { resource } = kept(web);
  const update: Change = {
    action: "update",
    address: web.address,
    reason: "links changed",
    attributes: [{ path: ["links", "a"], kind: "remove", before: "1" }],
    resource,
    instance: web,
    desired: { links: { b: "3" } },
  };
  for (const change of [update, kept(web)]) {
    const changes = [deleted(old), change];
    t.strictSame(withCascades(changes, contextOf([old, web])), changes);
  }
});

t.test("without a deletion nothing is looked at", async (t) => {
  const changes = [kept(web, ["links"])];
  t.equal(withCascades(changes, contextOf([old, web])), changes);
});
