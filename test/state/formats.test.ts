import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import t from "tap";
import { formatAddress } from "../../engine/model/address.js";
import { fileStateStore } from "../../state/file-store.js";
import { FORMAT_VERSION, migrations } from "../../state/migrations.js";

const FORMATS = fileURLToPath(new URL("formats/", import.meta.url));

const versionOf = (path: string) =>
  Number(/"format_version": ?(\d+)/u.exec(readFileSync(path, "utf8"))?.[1]);

t.test("there is a step from each version to the next, and a file of each", (t) => {
  const before = Array.from({ length: FORMAT_VERSION - 1 }, (_, index) => index + 1);
  t.strictSame(
    migrations.map((it) => it.from),
    before,
  );
  t.strictSame(readdirSync(FORMATS).map(Number).sort(), before);
  t.end();
});

for (const { from } of migrations) {
  t.test(
    `a state of version ${from} is read with its journal, continued, and written anew`,
    async (t) => {
      const folder = t.testdir();
      cpSync(join(FORMATS, String(from)), folder, { recursive: true });
      const path = join(folder, "state.json");
      const open = () => fileStateStore({ path, host: "here" });
      const old = readFileSync(path);
      t.equal(versionOf(path), from);

      const read = await open().read();
      t.strictSame(
        read?.instances.map((it) => formatAddress(it.address)),
        ["key_pair.deploy", "security_group.db", "security_group.web"],
      );
      t.match(read, { serial: 2, pending: [{ action: "delete", name: "deploy" }] });

      const store = open();
      await store.append({ kind: "abandoned", address: { type: "key_pair", name: "deploy" } });
      t.equal(versionOf(`${path}.journal`), FORMAT_VERSION);
      t.equal(versionOf(path), from, "what is not written anew stays as it is");
      const now = await open().read();
      t.strictSame(now, { ...read, pending: [] });

      if (now) await store.write({ ...now, serial: 3 }, 2);
      t.equal(versionOf(path), FORMAT_VERSION);
      t.strictSame(
        readFileSync(`${path}.backup`),
        old,
        "the backup is what the older program reads",
      );
      t.strictSame(await open().read(), { ...now, serial: 3 });
    },
  );
}
