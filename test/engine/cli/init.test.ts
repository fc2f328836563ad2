import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { runCli } from "../../helpers/cli.js";
import { temporaryFolder } from "../../helpers/example.js";
import { ignoredIn } from "../../helpers/ignored.js";

t.test("what init writes is valid, planned and applied on the embedded cloud", async (t) => {
  const cwd = temporaryFolder(t);
  const run = (...argv: readonly string[]) => runCli(argv, { cwd });
  const { code, stdout, stderr } = await run("init");
  t.strictSame([code, stderr], [0, ""]);
  t.match(stdout, "portcullis apply");
  t.strictSame(readdirSync(cwd).sort(), [
    ".gitignore",
    "portcullis.schema.json",
    "portcullis.yaml",
  ]);
  t.equal((await run("validate")).code, 0);
  t.equal((await run("plan", "--sandbox", "--detailed-exitcode")).code, 2);
  t.equal((await run("apply", "--sandbox", "--auto-approve")).code, 0);
  t.equal((await run("plan", "--detailed-exitcode")).code, 0, "the provider block says the same");

  const isIgnored = ignoredIn(cwd);
  const kept = readdirSync(cwd).filter((name) => !isIgnored(name));
  t.strictSame(kept, [".gitignore", "portcullis.schema.json", "portcullis.yaml"]);
  for (const kept of ["main.yaml", "package.json", "ci.json", "clouds-public.yaml", "key.pub"])
    t.notOk(isIgnored(kept), kept);
  for (const secret of [
    "clouds.yaml",
    "ci-clouds.yaml",
    "openrc.sh",
    "ci-openrc.sh",
    "ci.openrc",
    ".env",
    "backup.env",
    "ci-credential.json",
    "ci-secret.json",
    "deploy.pem",
    "deploy.key",
    "deploy.pem.01234567.pending",
    "change.plan",
  ]) {
    t.ok(isIgnored(secret), secret);
  }
});

t.test(
  "the schema beside the file is the one that `schema` prints, and editors find it",
  async (t) => {
    const cwd = temporaryFolder(t);
    await runCli(["init"], { cwd });
    const { stdout } = await runCli(["schema"], { cwd });
    t.equal(readFileSync(join(cwd, "portcullis.schema.json"), "utf8"), stdout);
    const [first] = readFileSync(join(cwd, "portcullis.yaml"), "utf8").split("\n");
    t.equal(first, "# yaml-language-server: $schema=portcullis.schema.json");
  },
);

t.test("a second init is refused and changes nothing", async (t) => {
  const cwd = temporaryFolder(t);
  await runCli(["init"], { cwd });
  writeFileSync(join(cwd, "portcullis.yaml"), "resources: {}\n");
  const { code, stdout, stderr } = await runCli(["init"], { cwd });
  t.strictSame([code, stdout], [64, ""]);
  t.match(stderr, "There is a configuration here already: portcullis.yaml");
  t.equal(readFileSync(join(cwd, "portcullis.yaml"), "utf8"), "resources: {}\n");
});

t.test("a .gitignore keeps its lines and gets those that it lacks, once", async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, ".gitignore"), "node_modules\n*.pem");
  await runCli(["init"], { cwd });
  const lines = readFileSync(join(cwd, ".gitignore"), "utf8").split("\n");
  t.strictSame(lines.slice(0, 2), ["node_modules", "*.pem"]);
  t.equal(lines.filter((it) => it === "*.pem").length, 1);
  t.ok(lines.includes("portcullis.state.json*"));
});

t.test(
  "init makes the folder that --dir names, and a clouds.yaml there is no configuration",
  async (t) => {
    const cwd = temporaryFolder(t);
    mkdirSync(join(cwd, "access"));
    for (const name of ["clouds.yaml", "portcullis.sandbox-clouds.yaml"])
      writeFileSync(join(cwd, "access", name), "clouds: {}\n");
    t.equal((await runCli(["init", "--dir", "access"], { cwd })).code, 0);
    t.equal((await runCli(["init", "--dir", "a/b"], { cwd })).code, 0);
    t.equal((await runCli(["validate", "-C", "a/b"], { cwd })).code, 0);
  },
);

t.test("init says why where the folder cannot be made", async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "file"), "");
  const { code, stderr } = await runCli(["init", "--dir", "file"], { cwd });
  t.equal(code, 1);
  t.match(
    stderr,
    `cannot make the folder ${join(cwd, "file")}: a file is where its folder should be`,
  );
});

t.test("init writes through no link", async (t) => {
  for (const name of ["portcullis.schema.json", ".gitignore"]) {
    const [cwd, elsewhere] = [temporaryFolder(t), join(temporaryFolder(t), "profile")];
    writeFileSync(elsewhere, "mine");
    symlinkSync(elsewhere, join(cwd, name));
    const { code, stderr } = await runCli(["init"], { cwd });
    t.equal(code, 1);
    t.match(stderr, `cannot write ${name}: it is a symbolic link`);
    t.strictSame([readFileSync(elsewhere, "utf8"), readdirSync(cwd)], ["mine", [name]]);
  }
});
