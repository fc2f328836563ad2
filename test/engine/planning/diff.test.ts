import t from "tap";
import type { ResourceType } from "../../../engine/model/resource-type.js";
import type { Value, ValueObject } from "../../../engine/model/value.js";
import { diff, spread } from "../../../engine/planning/diff.js";

/** Keys that mean something to the objects of JavaScript. */
const KEYS = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "toJSON"];
const CLEAN = Object.getOwnPropertyNames(Object.prototype).sort().join();

const type: ResourceType = {
  name: "thing",
  description: "A thing.",
  scope: "project",
  schema: {},
  attributes: { members: { description: "Its members." } },
  schemaVersion: 1,
  decode: async () => ({ attributes: {}, diagnostics: [] }),
  list: async () => [],
  claim: async () => ({ kind: "none" }),
  canonical: (it) => it,
  create: async () => ({ id: "a", attributes: {} }),
  delete: async () => undefined,
};
const of = (key: string, value: Value): ValueObject => Object.fromEntries([[key, value]]);
const between = (before: ValueObject, after: ValueObject) =>
  diff(type, before, after, (id) => id).map(({ path, kind }) => [path.join("/"), kind]);

for (const key of KEYS) {
  t.test(`an attribute ${key} differs as any other does`, async (t) => {
    const evil = { polluted: true };
    t.strictSame(between({}, of(key, "a")), [[key, "add"]]);
    t.strictSame(between({}, of(key, evil)), [[key, "add"]]);
    t.strictSame(between(of(key, "a"), of(key, "b")), [[key, "change"]]);
    t.strictSame(between(of(key, ["a"]), of(key, evil)), [[key, "change"]]);
    t.strictSame(between(of(key, evil), of(key, evil)), []);
    t.strictSame(between(of(key, evil), of(key, { polluted: false })), [
      [`${key}/polluted`, "change"],
    ]);
    t.strictSame(between(of(key, evil), of(key, {})), [[`${key}/polluted`, "remove"]]);
    t.strictSame(between(of(key, evil), {}), [], "what is not declared is not managed");
  });

  t.test(`a member ${key} of an attribute differs as any other does`, async (t) => {
    const without: ValueObject = { members: { own: 1 } };
    const place = `members/${key}`;
    const having = (value: Value): ValueObject => ({
      members: Object.fromEntries([
        ["own", 1],
        [key, value],
      ]),
    });
    t.strictSame(between(without, having("a")), [[place, "add"]]);
    t.strictSame(between(having("a"), without), [[place, "remove"]]);
    t.strictSame(between(having("a"), having("b")), [[place, "change"]]);
    t.strictSame(between(having({ polluted: 1 }), having({ polluted: 2 })), [[place, "change"]]);
    t.strictSame(between(having({ deep: ["a"] }), having({ deep: ["a"] })), []);
    t.strictSame(
      spread(type, having("a"), "add", (id) => id).map(({ path, after }) => [
        path.join("/"),
        after,
      ]),
      [
        ["members/own", 1],
        [place, "a"],
      ],
    );
  });
}

t.test("no difference changes what all objects have", async (t) => {
  for (const key of KEYS) {
    between(of(key, { polluted: 1 }), of(key, { polluted: 2, constructor: { prototype: {} } }));
  }
  t.equal(Object.getOwnPropertyNames(Object.prototype).sort().join(), CLEAN);
  t.equal("polluted" in {}, false);
});
