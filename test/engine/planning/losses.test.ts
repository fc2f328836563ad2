import t from "tap";
import type { Change } from "../../../engine/model/plan.js";
import type { RemoteObject } from "../../../engine/model/remote-object.js";
import type { ResourceType } from "../../../engine/model/resource-type.js";
import type { ResourceInstance } from "../../../engine/model/state.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { PlanningContext } from "../../../engine/planning/context.js";
import { findLosses } from "../../../engine/planning/losses.js";
import { anInstance, aResource, at } from "../../helpers/plans.js";
import { testRuntime } from "../../helpers/runtime.js";

/** A kind of thing whose links go with what they lead to. */
const thing: ResourceType = {
  name: "thing",
  description: "",
  scope: "project",
  schema: {},
  attributes: {},
  schemaVersion: 1,
  decode: async () => ({ attributes: {}, diagnostics: [] }),
  list: async () => [],
  claim: async () => ({ kind: "none" }),
  canonical: (existing) => existing,
  create: async () => ({ id: "", attributes: {} }),
  delete: async () => {},
  lostWith: ({ links = {} }, deleted) =>
    Object.entries(links ?? {}).flatMap(([member, to]) =>
      deleted.has(String(to)) ? [{ because: String(to), attribute: "links", member }] : [],
    ),
  label: (_attribute, to, nameOf) => `link to ${nameOf(String(to))}`,
};

const linked = (name: string, id: string, links: JsonObject = {}): ResourceInstance =>
  anInstance(at(`thing.${name}`), { id, attributes: { links } });

const base = { reason: "", attributes: [] };
const deleted = (instance: ResourceInstance): Change => ({
  ...base,
  action: "delete",
  address: instance.address,
  instance,
});
const kept = (instance: ResourceInstance): Change => ({
  ...base,
  action: "no-op",
  address: instance.address,
  instance,
  resource: aResource(instance.address),
});

function context(
  managed: readonly ResourceInstance[],
  unmanaged: readonly RemoteObject[] = [],
): PlanningContext {
  const names = new Map(managed.map((it) => [it.id, `thing.${it.address.name}`]));
  return {
    connection: {
      cloud: undefined,
      identity: {
        name: "",
        authUrl: "",
        project: { id: "", name: "" },
        user: { id: "", name: "" },
      },
      close: async () => {},
    },
    runtime: testRuntime(),
    types: new Map([["thing", thing]]),
    resolved: new Map(),
    refreshed: {
      instances: new Map(
        managed.map((instance) => {
          const object = { id: instance.id, name: "", attributes: instance.attributes };
          return [`thing.${instance.address.name}`, { instance, object }];
        }),
      ),
      unmanaged: new Map([["thing", unmanaged]]),
      names,
    },
    remembered: new Map(),
    pending: new Map(),
    replaceAsked: new Set(),
    nameOf: (id) => names.get(id) ?? id,
    planned: new Map(),
    claimed: new Map(),
  };
}

const old = linked("old", "1");

t.test(
  "what goes from those that stay is told once for each deletion, with each owner",
  async (t) => {
    const web = linked("web", "2", { a: "1", b: "3" });
    const stray = { id: "4", name: "stray", attributes: { links: { c: "1" } } };
    t.strictSame(findLosses([deleted(old), kept(web)], context([old, web], [stray])), [
      {
        severity: "warning",
        code: "remote-cascade",
        summary: "deleting thing.old also removes links of 2 other things",
        detail: "thing.web: link to thing.old\nstray (not managed here): link to thing.old",
        address: old.address,
        help: "Point these at something else first, where what they allow is still needed.",
      },
    ]);
  },
);

t.test("what is deleted as well loses nothing", async (t) => {
  const web = linked("web", "2", { a: "1" });
  t.strictSame(findLosses([deleted(old), deleted(web)], context([old, web])), []);
});

t.test("what the plan removes itself is no surprise", async (t) => {
  const web = linked("web", "2", { a: "1" });
  const update: Change = {
    ...base,
    action: "update",
    address: web.address,
    instance: web,
    resource: aResource(web.address),
    desired: {},
    attributes: [{ path: ["links", "a"], kind: "remove" }],
  };
  t.strictSame(findLosses([deleted(old), update], context([old, web])), []);
});

t.test("a type without such ties has nothing to tell", async (t) => {
  const { lostWith: _, ...loose } = thing;
  const web = linked("web", "2", { a: "1" });
  const types = new Map([["thing", loose]]);
  t.strictSame(findLosses([deleted(old), kept(web)], { ...context([old, web]), types }), []);
});
