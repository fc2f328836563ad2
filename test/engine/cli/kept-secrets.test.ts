import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import t, { type Test } from "tap";
import { gitRepository } from "../../../engine/cli/git-repository.js";
import { runCli } from "../../helpers/cli.js";
import { temporaryFolder } from "../../helpers/example.js";

const yaml = `resources:
  key_pair:
    own: { private_key_file: own.pem }
  application_credential:
    ci: { write_to: { env: out/ci.env, json: out/ci.json } }
`;

/** A configuration in a repository of git, in a folder of its own below the root. */
function place(t: Test, text = yaml) {
  const root = temporaryFolder(t);
  const cwd = join(root, "access");
  mkdirSync(cwd);
  writeFileSync(join(cwd, "main.yaml"), text);
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], {
      cwd: root,
      encoding: "utf8",
    });
  const ignore = (...lines: readonly string[]) =>
    writeFileSync(join(root, ".gitignore"), `${lines.join("\n")}\n`);
  const warnings = async (command: string, env: Readonly<Record<string, string>> = {}) => {
    const argv = [command, "--json", ...(command === "plan" ? ["--sandbox"] : [])];
    const { code, stdout, stderr } = await runCli(argv, { cwd, env });
    t.equal(code, 0, stderr);
    const { diagnostics } = JSON.parse(stdout);
    const found: { readonly code: string; readonly summary: string }[] = diagnostics;
    return found
      .filter(({ code }) => /^secret-file-(?:tracked|not)/u.test(code))
      .toSorted((a, b) => a.summary.localeCompare(b.summary));
  };
  return { root, cwd, git, ignore, warnings };
}

for (const command of ["validate", "plan"]) {
  t.test(`${command} warns of the files of secrets that git would take`, async (t) => {
    const { cwd, git, ignore, warnings } = place(t);
    git("init", "--quiet");
    t.match(await warnings(command), [
      { summary: /ci\.env/u },
      { summary: /ci\.json/u },
      {
        severity: "warning",
        code: "secret-file-not-ignored",
        summary: `git does not ignore ${join(cwd, "own.pem")}: \`git add\` takes the secret along`,
        range: { file: "main.yaml", line: 3 },
        help: /^add own\.pem to \.gitignore/u,
      },
    ]);
    const { stdout, stderr } = await runCli(
      [command, ...(command === "plan" ? ["--sandbox"] : [])],
      {
        cwd,
      },
    );
    t.match(`${stdout}${stderr}`, /main\.yaml:3:\d+/u, "with its place");

    ignore("*.pem", "/access/out/*", "!ci.json");
    t.match(await warnings(command), [{ summary: /ci\.json/u }]);
    ignore("*.pem", "out");
    t.strictSame(await warnings(command), []);
  });
}

t.test(
  "what git has already is told in stronger words, also where it is ignored by now",
  async (t) => {
    const { cwd, git, ignore, warnings } = place(t);
    git("init", "--quiet");
    mkdirSync(join(cwd, "out"));
    writeFileSync(join(cwd, "out", "ci.env"), "");
    git("add", ".");
    ignore("*.pem", "out");
    t.match(await warnings("validate"), [
      {
        code: "secret-file-tracked",
        severity: "warning",
        summary: /^git has \S+ci\.env: a secret there goes to all who have the repository/u,
        help: /git rm --cached '\S+ci\.env'.*have the secret made anew/u,
      },
    ]);
  },
);

t.test("one warning tells of all files of one line", async (t) => {
  const { git, warnings } = place(
    t,
    `resources:
  key_pair:
    of:
      for_each: [ada, bob, eve]
      private_key_file: "\${each.key}.pem"
`,
  );
  git("init", "--quiet");
  t.match(await warnings("plan"), [{ summary: /ada\.pem and 2 more like it: `git add`/u }]);
});

t.test("an encrypted file may go into a repository", async (t) => {
  const recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
  const { git, warnings } = place(
    t,
    `resources:
  key_pair:
    own: { private_key_file: own.pem.age, encrypt_to: [${recipient}] }
  application_credential:
    ci: { write_to: { env: ci.env.age, encrypt_to: [${recipient}] } }
`,
  );
  git("init", "--quiet");
  t.strictSame(await warnings("plan"), []);
});

t.test("without a repository git is not even started", async (t) => {
  const { cwd, warnings } = place(t);
  const bin = temporaryFolder(t);
  const mark = join(bin, "started");
  writeFileSync(join(bin, "git"), `#!/bin/sh\ntouch '${mark}'\n`);
  chmodSync(join(bin, "git"), 0o755);
  const env = { PATH: [bin, process.env.PATH].join(delimiter) };
  t.strictSame(await warnings("plan", env), []);
  t.throws(() => execFileSync("cat", [mark], { stdio: "ignore" }));
  mkdirSync(join(cwd, ".git"));
  await warnings("plan", env);
  t.doesNotThrow(() => execFileSync("cat", [mark], { stdio: "ignore" }));
});

t.test(
  "no git, a broken repository and one that hangs cost a warning, and nothing else",
  async (t) => {
    const { cwd, root, git, warnings } = place(t);
    git("init", "--quiet");
    t.strictSame(await warnings("validate", { PATH: "/nowhere" }), [], "no git");
    const bin = temporaryFolder(t);
    writeFileSync(join(bin, "git"), "#!/bin/sh\nexec sleep 60\n");
    chmodSync(join(bin, "git"), 0o755);
    const start = performance.now();
    t.strictSame(await warnings("validate", { PATH: [bin, process.env.PATH].join(delimiter) }), []);
    t.ok(performance.now() - start < 20_000, "it was stopped");
    writeFileSync(join(root, ".git", "HEAD"), "broken");
    t.strictSame(await warnings("validate"), [], "broken");
    writeFileSync(join(cwd, ".git"), "gitdir: /nowhere\n");
    t.strictSame(await warnings("validate"), [], "a work tree without its repository");
  },
);

t.test("of each file its own repository is asked, whichever git itself runs in", async (t) => {
  const { root, cwd, git } = place(t);
  const other = temporaryFolder(t);
  git("init", "--quiet");
  execFileSync("git", ["init", "--quiet"], { cwd: other });
  writeFileSync(join(other, ".gitignore"), "ignored.pem\n");
  symlinkSync(other, join(cwd, "link"));
  const { env } = process;
  const repository = gitRepository({ ...env, GIT_DIR: join(other, ".git"), GIT_WORK_TREE: other });
  const odd = ":(top)*.pem";
  const paths = [
    join(root, "a\nb.pem"),
    join(cwd, odd),
    join(cwd, "not", "there", "yet.pem"),
    join(cwd, "link", "ignored.pem"),
    join(cwd, "link", "open.pem"),
    join(temporaryFolder(t), "nowhere.pem"),
  ];
  t.strictSame(
    await repository.keeps(paths),
    new Map([0, 1, 2, 4].map((index) => [paths[index], "not-ignored"])),
  );
  t.strictSame(await repository.keeps([]), new Map());
});
