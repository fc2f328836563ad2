import { chmodSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { makePrivate, wideFiles } from "../../state/privacy.js";
import { stateFiles } from "../../state/state-files.js";

const opening = (lineage: string) => `{"format_version": 3, "lineage": "${lineage}", "serial": 1}`;
const modeOf = (path: string) => statSync(path).mode & 0o777;

t.test(
  "what takes a file's name after the look at it keeps its mode, and that is said",
  async (t) => {
    const folder = t.testdir();
    const path = join(folder, "state.json");
    writeFileSync(path, opening("one"));
    chmodSync(path, 0o644);
    const wide = await wideFiles(await stateFiles(path), "linux");
    t.strictSame(wide, [{ path, mode: "0644", lineage: "one" }]);

    const other = join(folder, "other");
    for (const text of [opening("two"), "a page of a web site"]) {
      writeFileSync(other, text);
      chmodSync(other, 0o644);
      renameSync(other, path);
      const notices: string[] = [];
      await makePrivate(wide, "one", (it) => notices.push(it));
      t.equal(modeOf(path), 0o644);
      t.match(notices, [/others can use it\. Let its owner say: chmod 600/u]);
    }
  },
);

t.test("the files of a state are taken from others by the lineage that is held", async (t) => {
  const path = join(t.testdir(), "state.json");
  writeFileSync(path, opening("one"));
  writeFileSync(`${path}.backup`, opening("two"));
  for (const it of [path, `${path}.backup`]) chmodSync(it, 0o640);
  const wide = await wideFiles(await stateFiles(path), "linux");
  await makePrivate(wide, "one", () => {});
  t.strictSame([modeOf(path), modeOf(`${path}.backup`)], [0o600, 0o640]);
});

t.test("where modes mean nothing no file is wide", async (t) => {
  const path = join(t.testdir(), "state.json");
  writeFileSync(path, opening("one"));
  chmodSync(path, 0o644);
  t.strictSame(await wideFiles(await stateFiles(path), "win32"), []);
});
