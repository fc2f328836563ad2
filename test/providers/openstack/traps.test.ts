import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import t from "tap";

const ROOT = new URL("../../../", import.meta.url);
const read = (path: string) => readFileSync(fileURLToPath(new URL(path, ROOT)), "utf8");

/** The rows of the tables: the trap, and the tests that show it as `[file, title]`. */
const rows = read("providers/openstack/TRAPS.md")
  .split("\n")
  .flatMap((line) => {
    const cells = line.split(" | ");
    const id = /^\| ([SKAN]\d+)$/u.exec(cells[0] ?? "")?.[1];
    if (id === undefined) return [];
    const tests = (cells.at(-1) ?? "").replace(/ \|$/u, "").split("<br>");
    return [{ id, cells: cells.length, tests: tests.map(parseTest) }];
  });

/** A call of a test that begins its line, and what follows its title. */
const CALL = /^[ \t]*(?:await )?t\.test\(\s*(["`])((?:(?!\1).)+)\1,?\s*(\{[^}]*\})?/gmu;

/** The titles of the tests in a file that run; a template stands as it is written. */
function titlesRunIn(text: string): readonly string[] {
  return [...text.matchAll(CALL)].flatMap(([call, , title = "", options = ""]) => {
    const isLeft = /\b(?:skip|todo)\b/u.test(options) || !call.includes(",");
    return isLeft ? [] : [title];
  });
}

function parseTest(text: string): readonly [string, string] {
  const [, file = "", title = ""] = /^`([^`]+)`: (.+)$/u.exec(text) ?? [];
  return [`test/${file}`, title];
}

t.test("every trap stands in the table, in four cells", async (t) => {
  const numbered = (letter: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
  const expected = [
    ...numbered("S", 24),
    ...numbered("K", 13),
    ...numbered("A", 18),
    ...numbered("N", 10),
  ];
  t.strictSame(
    rows.map((it) => it.id),
    expected,
  );
  t.ok(rows.every((it) => it.cells === 4));
});

t.test("every test that the table names is there, and is run", async (t) => {
  const files = new Map<string, readonly string[]>();
  for (const { id, tests } of rows) {
    for (const [file, title] of tests) {
      const titles = files.get(file) ?? titlesRunIn(read(file));
      files.set(file, titles);
      const isThere = titles.some((it) => it === title || it.endsWith(`} ${title}`));
      t.ok(title !== "" && isThere, `${id}: ${file}: ${title}`);
    }
  }
});

t.test("a title is one of a test that is called and neither skipped nor to be done", async (t) => {
  const text = [
    't.test("plain", async (t) => {});',
    't.test("with options", { timeout: 5 }, () => {});',
    "t.test(`${name}: in a loop`, (t) => {",
    't.test(\n    "over lines",\n    async (t) => {});',
    't.test("skipped", { skip: true }, () => {});',
    't.test("to do", { todo: "later" }, () => {});',
    't.test("without work");',
    't.skip("left out", () => {});',
    't.todo("some day");',
    '// t.test("a comment", () => {});',
    't.equal(1, 1, "a message");',
    'const title = "a text";',
  ].join("\n");
  t.strictSame(titlesRunIn(text), ["plain", "with options", "${name}: in a loop", "over lines"]);
});
