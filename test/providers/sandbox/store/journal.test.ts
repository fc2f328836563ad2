import { appendFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pid } from "node:process";
import fc from "fast-check";
import t, { type Test } from "tap";
import {
  type Journal,
  memoryJournal,
  openJournal,
} from "../../../../providers/sandbox/store/journal.js";
import { Table } from "../../../../providers/sandbox/store/table.js";

interface Thing {
  readonly id: string;
  readonly colour: string;
}

function things(journal: Journal): Table<Thing, "colour"> {
  return new Table<Thing, "colour">("things", journal, { colour: (it) => it.colour });
}

function fileIn(t: Test, text?: string): string {
  const path = join(t.testdir({}), "cloud.jsonl");
  if (text !== undefined) writeFileSync(path, text);
  return path;
}

t.test("what was committed is there when the file is opened again", async (t) => {
  const path = fileIn(t);
  const first = openJournal(path);
  const table = things(first);
  table.put({ id: "a", colour: "red" });
  table.put({ id: "b", colour: "red" });
  table.put({ id: "a", colour: "blue" });
  first.commit();
  table.delete("b");
  first.commit();
  table.put({ id: "c", colour: "green" });
  first.close();
  const second = openJournal(path);
  t.strictSame(things(second).all(), [{ id: "a", colour: "blue" }]);
  second.close();
  t.equal(statSync(path).mode & 0o777, 0o600);
});

t.test("a commit appends one line, whatever the file holds", async (t) => {
  const path = fileIn(t);
  const journal = openJournal(path);
  const table = things(journal);
  for (let count = 0; count < 100; count++) table.put({ id: String(count), colour: "red" });
  journal.commit();
  const before = readFileSync(path, "utf8");
  table.put({ id: "7", colour: "blue" });
  table.delete("8");
  journal.commit();
  const added = readFileSync(path, "utf8").slice(before.length);
  t.equal(added, '[["things","7",{"id":"7","colour":"blue"}],["things","8",null]]\n');
  journal.close();
});

t.test("opening rewrites the file to what is left", async (t) => {
  const row = '[["things","a",{"id":"a","colour":"red"}]]\n';
  const path = fileIn(t, `${row}[["things","a",null]]\n${row}${row}`);
  openJournal(path).close();
  t.equal(readFileSync(path, "utf8"), row);
});

t.test("a last line that was cut off is dropped", async (t) => {
  const path = fileIn(t, '[["things","a",{"id":"a","colour":"red"}]]\n[["things","b",{"id"');
  const journal = openJournal(path);
  t.strictSame(things(journal).all(), [{ id: "a", colour: "red" }]);
  journal.close();
});

t.test("any other damage is told with its line", async (t) => {
  const path = fileIn(t, '[["things","a",{"id":"a","colour":"red"}]]\nnonsense\n[]\n');
  t.throws(() => openJournal(path), { code: "file-error", message: /^line 2 of / });
  t.throws(() => openJournal(path), { message: /^line 2 of / }, "and the lock is given back");
});

t.test("a file is kept by one at a time", async (t) => {
  const path = fileIn(t);
  const journal = openJournal(path);
  const message = `the sandbox data in ${path} are in use by process ${pid}`;
  t.throws(() => openJournal(path), { code: "file-error", message });
  journal.close();
  openJournal(path).close();
});

t.test("a living process keeps its lock, a dead one loses it", async (t) => {
  const path = fileIn(t);
  writeFileSync(`${path}.lock`, "1\n");
  t.throws(() => openJournal(path), { code: "file-error", message: /by process 1$/ });
  for (const stale of ["4194999\n", `${pid}\n`, "", "nonsense\n", "1"]) {
    writeFileSync(`${path}.lock`, stale);
    openJournal(path).close();
  }
  t.throws(() => statSync(`${path}.lock`), { code: "ENOENT" });
});

t.test("an index always finds what a search would", async () => {
  const colour = fc.constantFrom("red", "green", "blue");
  const step = fc.record({ id: fc.constantFrom("a", "b", "c", "d"), colour: fc.option(colour) });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const table = things(memoryJournal());
      for (const { id, colour } of steps) {
        if (colour === null) table.delete(id);
        else table.put({ id, colour });
      }
      return ["red", "green", "blue"].every((wanted) => {
        const found = table.by("colour", wanted).map((it) => it.id);
        const searched = table.all().filter((it) => it.colour === wanted);
        const first = table.first("colour", wanted)?.id;
        return (
          table.count("colour", wanted) === searched.length &&
          first === found[0] &&
          [...found].sort().join() ===
            searched
              .map((it) => it.id)
              .sort()
              .join()
        );
      });
    }),
  );
});

t.test("rows come back in the order they were first written", async (t) => {
  const path = fileIn(t);
  appendFileSync(
    path,
    ["c", "a", "b"].map((id) => `[["things","${id}",{"id":"${id}"}]]\n`).join(""),
  );
  const journal = openJournal(path);
  t.strictSame(
    things(journal)
      .all()
      .map((it) => it.id),
    ["c", "a", "b"],
  );
  journal.close();
});
