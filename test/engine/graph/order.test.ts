import fc from "fast-check";
import t from "tap";
import { order } from "../../../engine/graph/order.js";

t.test("what comes after others is placed after them, ties by key", async (t) => {
  const nodes = [
    { key: "d", after: ["b", "c"] },
    { key: "c", after: ["a"] },
    { key: "b", after: ["a"] },
    { key: "a", after: [] },
    { key: "aa", after: [] },
  ];
  t.strictSame(order(nodes), ["a", "aa", "b", "c", "d"]);
});

t.test("a preference gives way where it would make a circle", async (t) => {
  const nodes = [
    { key: "a", after: [], preferablyAfter: ["b"] },
    { key: "b", after: [], preferablyAfter: ["a"] },
    { key: "c", after: ["b"], preferablyAfter: ["a"] },
  ];
  t.strictSame(order(nodes), ["a", "b", "c"]);
});

t.test("a hard dependency holds even where preferences make a circle", async (t) => {
  const nodes = [
    { key: "a", after: ["b"], preferablyAfter: [] },
    { key: "b", after: [], preferablyAfter: ["a"] },
  ];
  t.strictSame(order(nodes), ["b", "a"]);
});

t.test("names that are no node are ignored", async (t) => {
  t.strictSame(order([{ key: "a", after: ["elsewhere"] }]), ["a"]);
});

const acyclic = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { maxLength: 30 }).map((rows) =>
  rows.map((before, index) => ({
    key: `n${String(index).padStart(2, "0")}`,
    after: before.filter((it) => it < index).map((it) => `n${String(it).padStart(2, "0")}`),
    preferablyAfter: before
      .filter((it) => it > index)
      .map((it) => `n${String(it).padStart(2, "0")}`),
  })),
);

t.test("every node is placed once, after its dependencies, however they are listed", async () => {
  fc.assert(
    fc.property(acyclic, fc.nat(), (nodes, seed) => {
      const sequence = order(nodes);
      const place = new Map(sequence.map((key, index) => [key, index]));
      const rotated = nodes.map((_, index) => nodes[(index + seed) % nodes.length] ?? nodes[0]);
      const same = order(rotated.flatMap((it) => it ?? [])).join() === sequence.join();
      return (
        same &&
        place.size === nodes.length &&
        nodes.every((it) =>
          it.after.every((key) => (place.get(key) ?? 0) < (place.get(it.key) ?? -1)),
        )
      );
    }),
  );
});

t.test("a chain of 50,000 is ordered without trouble", async (t) => {
  const key = (index: number) => `n${String(index).padStart(6, "0")}`;
  const nodes = Array.from({ length: 50_000 }, (_, index) => ({
    key: key(index),
    after: index + 1 < 50_000 ? [key(index + 1)] : [],
  }));
  t.equal(order(nodes)[0], key(49_999));
});
