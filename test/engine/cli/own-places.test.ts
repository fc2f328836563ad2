import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { runCli } from "../../helpers/cli.js";
import { temporaryFolder } from "../../helpers/example.js";

const STATE = "portcullis.state.json";

/** A folder whose only resource puts its secret into a file. */
function place(t: Test, path: string): string {
  const cwd = temporaryFolder(t);
  const resource = `key_pair: { k: { private_key_file: ${JSON.stringify(path)} } }`;
  writeFileSync(
    join(cwd, "p.yaml"),
    `provider: { openstack: { sandbox: true } }\nresources:\n  ${resource}\n`,
  );
  return cwd;
}

for (const path of [
  STATE,
  `./sub/../${STATE}.backup`,
  `${STATE}.journal`,
  `${STATE}.lock`,
  `${STATE}.lock.takeover`,
  `${STATE}.mine.tmp`,
  `${STATE}.damaged-1`,
  `${STATE}.backup.kept-1`,
]) {
  t.test(`no secret is put into ${path}, which is the state's`, async (t) => {
    const cwd = place(t, path);
    for (const command of ["plan", "apply --auto-approve", `plan --replace-secret-file ${path}`]) {
      const { code, stderr } = await runCli(command.split(" "), { cwd });
      t.equal(code, 1, command);
      t.match(stderr, "secret-path-taken", command);
    }
    t.notOk(existsSync(join(cwd, STATE)));
  });
}

t.test("nor by the way of a folder's link, nor beside another state that was named", async (t) => {
  const cwd = place(t, "linked/own.json.backup");
  mkdirSync(join(cwd, "states"));
  symlinkSync("states", join(cwd, "linked"));
  const { stderr } = await runCli(["plan", "--state", "states/own.json"], { cwd });
  t.match(stderr, "secret-path-taken");
  t.equal((await runCli(["plan", "--state", "states/other.json"], { cwd })).code, 0);
});

t.test("what only begins as the state's name does is the user's", async (t) => {
  const cwd = place(t, `${STATE}.pem`);
  t.equal((await runCli(["apply", "--auto-approve"], { cwd })).code, 0);
});
