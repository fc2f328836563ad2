import t from "tap";
import type { AttributeChange } from "../../../engine/model/plan.js";
import { decide, type Facts } from "../../../engine/planning/decide.js";

const steady: Facts = {
  declared: true,
  destroying: false,
  remembered: true,
  exists: true,
  attributes: [],
  replaceAsked: false,
  updatable: true,
};

const change = (name: string, forcesReplacement = false): AttributeChange => ({
  path: [name],
  kind: "change",
  before: "old",
  after: "new",
  ...(forcesReplacement && { forcesReplacement: true }),
});

const object = { id: "1", name: "web", attributes: {} };

const table: readonly (readonly [string, Partial<Facts>, string, RegExp])[] = [
  ["nothing differs", {}, "no-op", /as declared/],
  ["it is new", { remembered: false, exists: false }, "create", /new/],
  ["it was deleted by hand", { exists: false }, "create", /deleted outside/],
  ["a killed run deleted it", { exists: false, deletedBy: "noon" }, "create", /run at noon/],
  ["an attribute differs", { attributes: [change("rules")] }, "update", /^rules changed/],
  [
    "several attributes differ",
    { attributes: [change("name"), change("rules"), change("rules")] },
    "update",
    /^name and rules changed/,
  ],
  [
    "an attribute cannot be changed in place",
    { attributes: [change("type", true), change("rules")] },
    "replace",
    /^type cannot be changed/,
  ],
  [
    "the type can change nothing in place",
    { attributes: [change("name")], updatable: false },
    "replace",
    /^name cannot be changed/,
  ],
  ["it has expired", { obsolete: "expired yesterday" }, "replace", /expired yesterday/],
  ["a replacement is asked for", { replaceAsked: true }, "replace", /--replace/],
  [
    "the cloud has it already",
    { remembered: false, exists: false, claim: { kind: "adopt", object, reason: "found" } },
    "import",
    /found/,
  ],
  [
    "the cloud has a useless remainder",
    { remembered: false, exists: false, claim: { kind: "discard", object, reason: "secret lost" } },
    "replace",
    /secret lost/,
  ],
  ["it is not declared any more", { declared: false }, "delete", /not declared any more/],
  ["everything is destroyed", { declared: false, destroying: true }, "delete", /destroyed/],
  ["it is gone anyhow", { declared: false, exists: false }, "forget", /gone/],
  ["it can never be deleted", { declared: false, undeletable: "default" }, "forget", /default/],
  ["a killed run left it", { declared: false, leftBehind: "noon" }, "delete", /noon/],
];

for (const [when, facts, action, reason] of table) {
  t.test(`${action} when ${when}`, async (t) => {
    const decision = decide({ ...steady, ...facts });
    t.equal(decision.action, action);
    t.match(decision.reason, reason);
  });
}
