import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { runCli } from "../../helpers/cli.js";
import { copyOfExample, temporaryFolder } from "../../helpers/example.js";

/** An example after its apply, with a hand for git. */
async function applied(t: Test, example: string) {
  const folder = copyOfExample(t, example);
  const { code } = await runCli(["apply", "--auto-approve", "--sandbox"], { cwd: folder });
  t.equal(code, 0);
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], {
      cwd: folder,
      encoding: "utf8",
    });
  return { folder, git, read: (path: string) => readFileSync(join(folder, path), "utf8") };
}

async function audit(folder: string, ...options: readonly string[]) {
  const { code, stdout } = await runCli(["audit", "secrets", "--json", ...options], {
    cwd: folder,
  });
  const { findings } = JSON.parse(stdout);
  const failed = findings.filter((it: { status: string }) => it.status === "failed");
  return { code, stdout, failed, findings };
}

t.test("nothing is said of secrets where they were delivered", async (t) => {
  for (const example of ["01-first-key", "05-ci-credential", "06-three-tier"]) {
    const { folder } = await applied(t, example);
    const { code, failed } = await audit(folder);
    t.strictSame([code, failed], [0, []], example);
  }
});

t.test("a secret that was delivered as JSON is found elsewhere, also bare", async (t) => {
  const { folder, read } = await applied(t, "06-three-tier");
  const { secret } = JSON.parse(read("monitoring.json"));
  copyFileSync(join(folder, "monitoring.json"), join(folder, "copy.txt"));
  writeFileSync(join(folder, "note.txt"), `for the job:\n${secret}\n`);
  const { code, stdout, failed } = await audit(folder);
  t.equal(code, 14);
  const summary = /an application credential's secret \(application_credential\.monitoring/u;
  t.match(failed, [
    { summary, facts: { at: /^copy\.txt:/u } },
    { summary, facts: { at: "note.txt:2" } },
  ]);
  t.equal(failed.length, 2);
  t.notMatch(stdout, secret);
});

t.test("what was amended away is found in the reflog", async (t) => {
  const { folder, git } = await applied(t, "01-first-key");
  git("init", "--quiet");
  git("add", "--force", "my-laptop-key.pem", "portcullis.yaml");
  git("commit", "--quiet", "--message", "with a key");
  git("rm", "--quiet", "--cached", "my-laptop-key.pem");
  git("commit", "--quiet", "--amend", "--message", "without");
  const { code, failed } = await audit(folder);
  t.equal(code, 14);
  t.match(failed, [
    { summary: /git remembers a private key/u, facts: { commit: /^[0-9a-f]{7,}$/u } },
  ]);
});

t.test("a key that was copied is found, and whose it is", async (t) => {
  const { folder, read } = await applied(t, "01-first-key");
  mkdirSync(join(folder, "notes"));
  const key = read("my-laptop-key.pem");
  writeFileSync(join(folder, "notes", "mail.txt"), `Dear all,\n\n${key}`);
  writeFileSync(join(folder, "notes", "one-line.json"), JSON.stringify({ key }));
  const { code, stdout, failed } = await audit(folder);
  t.equal(code, 14);
  t.match(failed, [
    {
      summary: "there is a private key (key_pair.my-laptop-key)",
      facts: { at: "notes/mail.txt:3" },
    },
    {
      summary: "there is a private key (key_pair.my-laptop-key)",
      facts: { at: "notes/one-line.json:1" },
    },
  ]);
  for (const line of key.split("\n").filter((it) => it.length > 30)) t.notOk(stdout.includes(line));
});

t.test("a part of a key is found by what was delivered", async (t) => {
  const { folder, read } = await applied(t, "01-first-key");
  const lines = read("my-laptop-key.pem")
    .split("\n")
    .filter((it) => it.length > 60);
  writeFileSync(join(folder, "run.log"), `debug: ${lines.at(-1)}\n`);
  t.match((await audit(folder)).failed, [
    {
      summary: "there is a private key (key_pair.my-laptop-key)",
      facts: { at: "run.log:1" },
    },
  ]);
});

t.test("a delivered file that others can read", async (t) => {
  const { folder } = await applied(t, "01-first-key");
  chmodSync(join(folder, "my-laptop-key.pem"), 0o644);
  t.match((await audit(folder)).failed, [
    { summary: /others can read/u, facts: { at: "my-laptop-key.pem", mode: "0644" } },
  ]);
});

t.test("a credential's secret in a log, a copy, and git's history", async (t) => {
  const { folder, git, read } = await applied(t, "05-ci-credential");
  const [, secret] =
    /application_credential_secret: *"?([^"\s]+)/u.exec(read("ci-clouds.yaml")) ?? [];
  writeFileSync(join(folder, "debug.log"), `line\n{"secret":"${secret}"}\n`);
  writeFileSync(join(folder, "ci.env"), `export OS_APPLICATION_CREDENTIAL_SECRET=${secret}\n`);
  t.match((await audit(folder)).failed, [
    {
      facts: { at: "ci.env:1" },
      summary: "there is an application credential's secret (application_credential.ci-backup-job)",
    },
    { facts: { at: "debug.log:2" } },
  ]);

  git("init", "-q");
  git("add", "ci.env");
  git("commit", "-qm", "oops");
  t.match((await audit(folder)).failed, [
    {
      step: "file",
      summary: /^git keeps an application credential's secret/u,
      facts: { at: "ci.env:1" },
    },
    { facts: { at: "debug.log:2" } },
    { step: "history", facts: { at: "ci.env:1", commit: /^[0-9a-f]{7,}$/u } },
  ]);

  git("rm", "-q", "ci.env");
  git("commit", "-qm", "gone");
  rmSync(join(folder, "debug.log"));
  const later = await audit(folder);
  t.match(later.failed, [
    {
      step: "history",
      summary:
        "git remembers an application credential's secret (application_credential.ci-backup-job)",
      facts: { at: "ci.env:1" },
      help: /--replace 'application_credential\.ci-backup-job'/u,
    },
  ]);
  t.notOk(later.stdout.includes(String(secret)));
  t.equal((await audit(folder, "--no-history")).code, 0);
});

t.test("what a merged branch had for a while, and what is staged", async (t) => {
  const { folder, git } = await applied(t, "02-web-server");
  git("init", "-q", "-b", "main");
  git("add", ".");
  git("commit", "-qm", "all");
  git("checkout", "-qb", "side");
  writeFileSync(join(folder, "rc.sh"), "export OS_PASSWORD='hunter2hunter2'\n");
  git("add", "rc.sh");
  git("commit", "-qm", "oops");
  git("rm", "-q", "rc.sh");
  git("commit", "-qm", "gone");
  git("checkout", "-q", "main");
  git("merge", "-q", "--no-ff", "-m", "merged", "side");
  git("branch", "-qD", "side");
  git("gc", "-q", "--prune=now");
  writeFileSync(join(folder, "staged.sh"), "export OS_PASSWORD='hunter3hunter3'\n");
  git("add", "staged.sh");
  rmSync(join(folder, "staged.sh"));
  t.match((await audit(folder)).failed, [
    { summary: "git remembers a password", facts: { at: "staged.sh:1", commit: /staged/u } },
    { summary: "git remembers a password", facts: { at: "rc.sh:1", commit: /^[0-9a-f]{7,}$/u } },
  ]);
});

t.test(
  "a repository that git does not read is told, and runs no command of its settings",
  async (t) => {
    const { folder, git } = await applied(t, "02-web-server");
    git("init", "-q", "-b", "main");
    git("add", ".");
    git("commit", "-qm", "all");
    const settings = {
      "core.repositoryformatversion": "1",
      "extensions.partialClone": "origin",
      "remote.origin.promisor": "true",
      "remote.origin.url": "ext::touch ran",
      "protocol.ext.allow": "always",
      "log.showSignature": "true",
      "gpg.program": "./gpg.sh",
    };
    for (const [name, value] of Object.entries(settings)) git("config", name, value);
    writeFileSync(join(folder, "gpg.sh"), "#!/bin/sh\ntouch ran\n", { mode: 0o755 });
    const tree = git("rev-parse", "HEAD:").trim();
    rmSync(join(folder, ".git", "objects", tree.slice(0, 2), tree.slice(2)));
    const { code, failed } = await audit(folder);
    t.match([code, failed], [14, [{ step: "history", summary: /^not looked into: fatal: /u }]]);
    t.notOk(existsSync(join(folder, "ran")));
  },
);

t.test("a delivered file that git keeps", async (t) => {
  const { folder, git } = await applied(t, "01-first-key");
  git("init", "-q");
  git("add", "-f", "my-laptop-key.pem");
  t.match((await audit(folder, "--no-history")).failed, [{ summary: /^git keeps a file/u }]);
});

t.test(
  "the history of a folder within a repository is that folder's, and other secrets are told",
  async (t) => {
    const { folder, git } = await applied(t, "02-web-server");
    const inner = join(folder, "team");
    mkdirSync(inner);
    writeFileSync(join(inner, "rc.sh"), "export OS_PASSWORD='hunter2hunter2'\n");
    writeFileSync(join(inner, "ok.sh"), 'export OS_PASSWORD="$PASSWORD"\nOS_PASSWORD=\n');
    writeFileSync(join(folder, "above.sh"), "OS_PASSWORD=elsewhere\n");
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "all");
    t.match((await audit(inner)).failed, [
      { step: "file", summary: "git keeps a password", facts: { at: "rc.sh:1" } },
      { step: "history", summary: "git remembers a password", facts: { at: "rc.sh:1" } },
    ]);
  },
);

t.test("what cannot be looked into is told", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "large.log"), "");
  truncateSync(join(folder, "large.log"), 101 * 1024 * 1024);
  const { code, findings } = await audit(folder);
  t.equal(code, 0);
  t.match(findings, [{ status: "warning", facts: { at: "large.log" } }, {}, {}]);
});

t.test("a private key that belongs to nothing here", async (t) => {
  const { folder } = await applied(t, "02-web-server");
  const other = await applied(t, "01-first-key");
  copyFileSync(join(other.folder, "my-laptop-key.pem"), join(folder, "stray.pem"));
  t.match((await audit(folder)).failed, [
    { summary: "there is a private key", facts: { at: "stray.pem:1" } },
  ]);
});

t.test("what `git replace` hides is found", async (t) => {
  const { folder, git } = await applied(t, "01-first-key");
  git("init", "-q");
  git("add", "-f", "my-laptop-key.pem");
  git("commit", "-qm", "one");
  const blob = git("rev-parse", "HEAD:my-laptop-key.pem").trim();
  writeFileSync(join(folder, "harmless"), "harmless");
  git("replace", blob, git("hash-object", "-w", "harmless").trim());
  git("rm", "-q", "--cached", "my-laptop-key.pem");
  const { code, failed } = await audit(folder);
  t.equal(code, 14);
  t.match(failed, [{ step: "history", facts: { at: /my-laptop-key\.pem/u } }]);
});

t.test(
  "a file whose name is no UTF-8 is told, since it cannot be looked into",
  { skip: process.platform !== "linux" && "names are UTF-8 here" },
  async (t) => {
    const { folder, read } = await applied(t, "01-first-key");
    const name = Buffer.concat([Buffer.from(join(folder, "copy-")), Buffer.from([0xff])]);
    writeFileSync(name, read("my-laptop-key.pem"));
    const { findings } = await audit(folder);
    const told = findings.filter((it: { status: string }) => it.status === "warning");
    t.match(told, [{ summary: /not looked into: its name is no UTF-8/u }]);
  },
);
