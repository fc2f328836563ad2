import t from "tap";
import { brief, loadText } from "./load-text.js";

t.test("locals may refer to each other in any order", async (t) => {
  const { configuration } = await loadText(
    'locals: {a: "${local.b[0]}!", b: ["${local.c}"], c: 5}\noutputs: {x: "${local.b}"}',
  );
  t.strictSame(configuration?.outputs[0]?.value, [5]);
});

t.test("a circle is reported once with its way and all its places", async (t) => {
  const { diagnostics } = await loadText(`locals:
  c: "\${local.a}"
  a: "\${join(local.b, local.x)}"
  b: {x: "\${local.x[local.c]}"}
  x: {}
  self: "\${local.self}"
  after: "\${local.a}"
`);
  t.strictSame(diagnostics.map(brief), [
    "reference-cycle 3:3 locals refer to each other in a circle: local.a -> local.b -> local.c -> local.a",
    "reference-cycle 6:3 locals refer to each other in a circle: local.self -> local.self",
  ]);
  t.match(diagnostics[0]?.related, [
    { message: "local.b", range: { start: { line: 4 } } },
    { message: "local.c", range: { start: { line: 2 } } },
  ]);
});

t.test("a chain of ten thousand locals is no problem", async (t) => {
  const links = Array.from({ length: 10_000 }, (_, n) => `  l${n}: "\${local.l${n + 1}}"`);
  const { configuration } = await loadText(
    `locals:\n${links.join("\n")}\n  l10000: end\noutputs: {x: "\${local.l0}"}`,
  );
  t.equal(configuration?.outputs[0]?.value, "end");
});

t.test("values that grow with every local are refused before they fill the memory", async (t) => {
  const chain = (value: (previous: string) => string) =>
    `locals:\n  l0: [x]\n${Array.from({ length: 200 }, (_, n) => `  l${n + 1}: ${value(`local.l${n}`)}`).join("\n")}`;
  for (const value of [
    (previous: string) => `["\${${previous}}", "\${${previous}}"]`,
    (previous: string) => `{a: "\${${previous}}"}`,
    (previous: string) => `"\${concat(${previous}, ${previous})}"`,
    (previous: string) => `["\${join('xx', ${previous})}\${join('xx', ${previous})}"]`,
    (previous: string) => `["\${key_pair.a.id}\${${previous}[0]}\${${previous}[0]}"]`,
  ]) {
    const { diagnostics } = await loadText(`${chain(value)}\nresources: {key_pair: {a: {}}}`);
    t.match(diagnostics, [{ code: "yaml-too-large" }], value("previous"));
  }
});

t.test("resources that repeat a large value too often are refused", async (t) => {
  const text = (key: string) => `{for_each: "\${local.keys}", description: "\${local.text}${key}"}`;
  const { diagnostics } = await loadText(`locals:
  text: ${"x".repeat(100_000)}
  keys: [${Array.from({ length: 1000 }, (_, n) => `k${n}`)}]
resources: {security_group: {a: ${text("1")}, b: ${text("2")}}}`);
  t.strictSame(diagnostics.map(brief), [
    "yaml-too-large 4:30 the resources together are larger than any real configuration",
  ]);
});
