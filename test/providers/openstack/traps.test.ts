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

t.test("every test that the table names exists", async (t) => {
  for (const { id, tests } of rows) {
    for (const [file, title] of tests) {
      const texts = read(file);
      const isThere = ['"', "`"].some(
        (quote) =>
          texts.includes(`${quote}${title}${quote}`) || texts.includes(`} ${title}${quote}`),
      );
      t.ok(title !== "" && isThere, `${id}: ${file}: ${title}`);
    }
  }
});
