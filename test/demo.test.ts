import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import t from "tap";
import { temporaryFolder } from "./helpers/example.js";

const PROJECT = fileURLToPath(new URL("../", import.meta.url));

t.test("the demo applies an example and ends with nothing to do, without a terminal", async (t) => {
  if (!existsSync(join(PROJECT, "dist"))) throw new Error("dist is missing: npm run build");
  const env = { PATH: process.env.PATH, TMPDIR: temporaryFolder(t) };
  const { status, stdout } = spawnSync(process.execPath, [join(PROJECT, "test/demo.mjs")], {
    env,
    encoding: "utf8",
  });
  t.equal(status, 0, stdout);
  const [, folder = ""] = /The folder stays: (.+)$/mu.exec(stdout) ?? [];
  t.ok(existsSync(join(folder, "portcullis.state.json")), "it leaves the folder");
  const commands = [...stdout.matchAll(/^\$ portcullis (.+)$/gmu)].map(([, command]) => command);
  t.strictSame(commands, ["validate", "plan", "apply --auto-approve", "plan --detailed-exitcode"]);
  t.match(stdout.slice(stdout.indexOf("--detailed-exitcode")), /No changes\./u);
});
