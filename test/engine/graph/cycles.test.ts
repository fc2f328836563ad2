import t from "tap";
import { findCycles } from "../../../engine/graph/cycles.js";
import { fakeProvider } from "../config/fake-provider.js";
import { brief, loadText } from "../config/load-text.js";

async function cyclesIn(groups: string) {
  const { configuration } = await loadText(`resources:\n  security_group:\n${groups}`);
  const types = new Map(fakeProvider().types.map((type) => [type.name, type]));
  return findCycles(configuration?.resources ?? [], types);
}

t.test("a circle is told at the places where each resource needs the next", async (t) => {
  const [circle, ...others] = await cyclesIn(
    `    b: { description: "\${security_group.a.id}" }\n    a: { depends_on: [security_group.b] }`,
  );
  t.strictSame(others, []);
  t.equal(
    circle && brief(circle),
    "reference-cycle 4:5 resources refer to each other in a circle: security_group.a -> security_group.b -> security_group.a",
  );
  t.match(circle?.related, [
    {
      message: "security_group.b needs security_group.a here",
      range: { start: { line: 3, column: 26 } },
    },
  ]);
});

t.test("a resource that needs itself is a circle", async (t) => {
  const found = await cyclesIn(`    a: { description: "\${security_group.a.id}" }`);
  t.match(found, [{ summary: /security_group\.a -> security_group\.a$/u, related: [] }]);
});

t.test("each of several circles is told", async (t) => {
  const pair = (a: string, b: string) =>
    `    ${a}: { depends_on: [security_group.${b}] }\n    ${b}: { depends_on: [security_group.${a}] }`;
  t.equal((await cyclesIn(`${pair("a", "b")}\n${pair("c", "d")}`)).length, 2);
  t.equal((await cyclesIn(`    a: { depends_on: [security_group.b] }\n    b: {}`)).length, 0);
});

t.test("a circle through depends_on alone names each resource once", async (t) => {
  const found = await cyclesIn(
    `    a: { depends_on: [security_group.b] }\n    b: { depends_on: [security_group.a] }`,
  );
  t.match(found, [
    { summary: /circle: security_group\.b -> security_group\.a -> security_group\.b$/u },
  ]);
});
