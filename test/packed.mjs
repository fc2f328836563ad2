/**
 * `npm run test:packed`: packs the program as for the registry, installs it into an empty folder, without
 * running any package's own scripts, and applies an example with it. Needs the npm registry or its cache.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "portcullis-packed-"));
const [installed, work] = [join(root, "installed"), join(root, "work")];
for (const folder of [installed, work]) mkdirSync(folder);
const npm = (cwd, ...argv) => [cwd, "npm", ...argv, "--silent", "--ignore-scripts"];
const program = join(installed, "node_modules", ".bin", "portcullis");

function run([cwd, command, ...argv]) {
  process.stdout.write(`$ ${[command, ...argv].join(" ")}\n`);
  const { status, error } = spawnSync(command, argv, { cwd, stdio: "inherit" });
  if (status === 0) return;
  throw new Error(`${command} ended with ${error?.message ?? `exit code ${status}`}`);
}

try {
  run(npm(project, "pack", "--pack-destination", root));
  const [tarball] = readdirSync(root).filter((it) => it.endsWith(".tgz"));
  run(
    npm(installed, "install", "--no-audit", "--no-fund", "--prefer-offline", join(root, tarball)),
  );
  cpSync(join(installed, "node_modules/portcullis/examples/02-web-server"), work, {
    recursive: true,
  });
  for (const argv of [
    ["--version"],
    ["validate"],
    ["apply", "--auto-approve"],
    ["plan", "--detailed-exitcode"],
  ]) {
    run([work, program, ...argv]);
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
