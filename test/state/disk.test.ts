import { linkSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { createWhole } from "../../state/disk.js";

t.test("a file whose making was answered late is made, and not another's", async (t) => {
  const folder = t.testdir();
  const path = join(folder, "lock");
  const temporary = `${path}.tmp`;
  // As a server does that has made the link, and is asked once more since its answer was lost.
  const confirm = async () => linkSync(temporary, path);
  t.equal(await createWhole({ path, temporary, content: "mine", confirm }), true);
  t.equal(readFileSync(path, "utf8"), "mine");
  t.strictSame(readdirSync(folder), ["lock"]);
});

t.test("a file that is there stays as it is", async (t) => {
  const folder = t.testdir({ lock: "theirs" });
  const path = join(folder, "lock");
  const temporary = `${path}.tmp`;
  t.equal(await createWhole({ path, temporary, content: "mine" }), false);
  const confirm = async () => writeFileSync(path, "theirs");
  t.equal(await createWhole({ path, temporary, content: "theirs", confirm }), false);
  t.equal(readFileSync(path, "utf8"), "theirs");
  t.strictSame(readdirSync(folder), ["lock"]);
});
