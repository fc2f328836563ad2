import { execFileSync, spawn } from "node:child_process";
import {
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import t, { type Test } from "tap";
import { readInput } from "../../engine/cli/read-input.js";
import { readWhole } from "../../state/read-whole.js";
import { runCli } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";

const APPROVED = "--auto-approve";
const PROVIDER = "provider: { openstack: { sandbox: true } }\n";

/** A folder with a configuration, and whatever hostile things lie beside it. */
function folderWith(t: Test, configuration: string): string {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), `${PROVIDER}${configuration}`);
  return cwd;
}

function hugeFile(path: string, bytes: number): void {
  writeFileSync(path, "");
  truncateSync(path, bytes);
}

const named = (path: string) => [
  { from: "file()", text: `outputs: { x: "\${file('${path}')}" }\n` },
  {
    from: "public_key_file",
    text: `resources: { key_pair: { a: { public_key_file: ${path} } } }\n`,
  },
];

for (const { path, why } of [
  { path: "/dev/zero", why: /cannot read \/dev\/zero: it is a device, not a file/u },
  { path: "/dev/full", why: /it is a device, not a file/u },
  { path: "/tmp", why: /cannot read \/tmp: it is a folder/u },
]) {
  for (const { from, text } of named(path)) {
    t.test(`${from} of ${path} is refused at its place`, async (t) => {
      const { code, stderr } = await runCli(["validate"], { cwd: folderWith(t, text) });
      t.equal(code, 1);
      t.match(stderr, why);
      t.match(stderr, /--> main\.yaml:2:/u);
    });
  }
}

for (const { from, text } of named("huge")) {
  t.test(`${from} of a huge file is refused before it is read`, async (t) => {
    const cwd = folderWith(t, text);
    hugeFile(join(cwd, "huge"), 8_000_000_000);
    const { code, stderr } = await runCli(["validate"], { cwd });
    t.equal(code, 1);
    t.match(stderr, /it has 8000000000 bytes, and at most 10000000 are read/u);
    t.match(stderr, /--> main\.yaml:2:/u);
  });
}

for (const bytes of [10_000_001, 100_000_000, 8_000_000_000]) {
  t.test(`a configuration of ${bytes} bytes is refused before it is read`, async (t) => {
    const cwd = folderWith(t, "");
    hugeFile(join(cwd, "more.yaml"), bytes);
    const { code, stderr } = await runCli(["validate"], { cwd });
    t.equal(code, 1);
    t.match(stderr, /error\[yaml-too-large\]: the file is too large\n --> more\.yaml:1:1/u);
    t.match(
      stderr,
      new RegExp(`at most 10000000 bytes\\n.*got: ${bytes} bytes\\n.*help: split`, "u"),
    );
  });
}

t.test("a link to a device is no configuration", async (t) => {
  const cwd = folderWith(t, "");
  symlinkSync("/dev/zero", join(cwd, "more.yaml"));
  t.match(await runCli(["validate"], { cwd }), {
    code: 1,
    stderr: /cannot read more\.yaml: it is a device, not a file\n --> more\.yaml:1:1/u,
  });
});

for (const { argv, why } of [
  {
    argv: ["validate", "--var-file", "/dev/zero"],
    why: /cannot read \/dev\/zero: it is a device/u,
  },
  { argv: ["apply", "/dev/zero"], why: /cannot read the plan \/dev\/zero: it is a device/u },
  { argv: ["apply", "none.plan"], why: /cannot read the plan none\.plan: there is no such file/u },
  { argv: ["plan", "--state", "/dev/zero"], why: /cannot read the state .*: it is a device/u },
  { argv: ["plan", "--state", "huge"], why: /it has 8000000000 bytes, and at most 500000000/u },
  { argv: ["plan", "--state", "folder"], why: /cannot read the state .*: it is a folder/u },
]) {
  t.test(`${argv.join(" ")} is refused in words`, async (t) => {
    const cwd = folderWith(t, "");
    hugeFile(join(cwd, "huge"), 8_000_000_000);
    mkdirSync(join(cwd, "folder"));
    const { code, stderr } = await runCli(argv, { cwd });
    t.equal(code, 1);
    t.match(stderr, why);
    t.notMatch(stderr, /bug in Portcullis/u);
  });
}

t.test(
  "a state, or a file of the folder, that is a pipe is refused and not waited for",
  async (t) => {
    const cwd = folderWith(t, "");
    execFileSync("mkfifo", [join(cwd, "pipe")]);
    symlinkSync("pipe", join(cwd, "more.yaml"));
    await t.rejects(readWhole(join(cwd, "pipe")), { message: "it is a pipe, not a file" });
    const { stderr } = await runCli(["validate"], { cwd });
    t.match(stderr, /cannot read more\.yaml: it is a pipe, not a file/u);
  },
);

for (const { what, make } of [
  { what: "a folder", make: (path: string) => mkdirSync(path) },
  { what: "a pipe", make: (path: string) => execFileSync("mkfifo", [path]) },
  { what: "a link to itself", make: (path: string) => symlinkSync(path, path) },
  { what: "a link to nothing", make: (path: string) => symlinkSync("nowhere", path) },
  { what: "a device", make: (path: string) => symlinkSync("/dev/zero", path) },
]) {
  for (const ending of ["", ".backup", ".journal", ".lock"]) {
    t.test(`${what} in the place of state${ending} is told in words`, async (t) => {
      const cwd = folderWith(t, "");
      await runCli(["apply", "--auto-approve"], { cwd });
      const path = join(cwd, `portcullis.state.json${ending}`);
      rmSync(path, { force: true });
      make(path);
      for (const argv of [
        ["plan"],
        ["state", "verify"],
        ["apply", APPROVED],
        ["state", "repair", APPROVED],
      ]) {
        const { code, stderr } = await runCli(argv, { cwd });
        t.notMatch(stderr, /bug in Portcullis/u, argv.join(" "));
        if (ending === ".lock" && argv.includes(APPROVED)) t.not(code, 0, argv.join(" "));
      }
    });
  }
}

t.test("the file that is none is named, with a remedy", async (t) => {
  const cases: readonly (readonly [string, (path: string) => void, RegExp])[] = [
    ["", mkdirSync, /cannot read the state \S+state\.json: it is a folder\n.*help: name a file/u],
    [".journal", mkdirSync, /cannot read the journal \S+\.journal: it is a folder\n.*help: name/u],
    [
      ".journal",
      (path) => execFileSync("mkfifo", [path]),
      /cannot read the journal \S+\.journal: it is a pipe, not a file\n.*help: name a file/u,
    ],
    [".lock", mkdirSync, /cannot read the lock \S+\.lock: it is a folder\n.*help: name a file/u],
  ];
  for (const [ending, make, words] of cases) {
    const cwd = folderWith(t, "");
    make(join(cwd, `portcullis.state.json${ending}`));
    const { code, stderr } = await runCli(["apply", APPROVED], { cwd });
    t.equal(code, 1, stderr);
    t.match(stderr, words);
    const verified = await runCli(["state", "verify"], { cwd });
    t.equal(verified.code, 1);
    t.notMatch(verified.stdout, "undefined");
  }
});

t.test("a file that is no state keeps its mode, whoever names it as one", async (t) => {
  const cwd = folderWith(t, "");
  const site = join(temporaryFolder(t), "site.html");
  writeFileSync(site, "<html></html>", { mode: 0o644 });
  symlinkSync(site, join(cwd, "portcullis.state.json"));
  for (const argv of [
    ["plan"],
    ["apply", APPROVED],
    ["show"],
    ["state", "list"],
    ["state", "verify"],
  ]) {
    t.not((await runCli(argv, { cwd })).code, 0, argv.join(" "));
    t.equal(statSync(site).mode & 0o777, 0o644, argv.join(" "));
  }
});

t.test("data of an embedded cloud that are no file are refused and not waited for", async (t) => {
  for (const make of [
    (path: string) => execFileSync("mkfifo", [path]),
    (path: string) => symlinkSync("/dev/zero", path),
    (path: string) => hugeFile(path, 600_000_000),
  ]) {
    const cwd = folderWith(t, "");
    make(join(cwd, "portcullis.sandbox.json"));
    const { code, stderr } = await runCli(["plan"], { cwd });
    t.equal(code, 1);
    t.match(stderr, /sandbox data in .* cannot be read: it (?:is no file|has 600000000 bytes)/u);
  }
});

t.test("a huge file in the place of a secret is not read", async (t) => {
  const credential = "{ roles: [member], write_to: { json: secret.json } }";
  const cwd = folderWith(t, `resources: { application_credential: { ci: ${credential} } }\n`);
  hugeFile(join(cwd, "secret.json"), 8_000_000_000);
  const { code, stderr } = await runCli(["plan"], { cwd });
  t.equal(code, 1);
  t.match(stderr, /a file of more than 10 MB/u);
});

t.test(
  "a state of another program is called so, and no backup is offered that is not there",
  async (t) => {
    const cwd = folderWith(t, "");
    const path = join(cwd, "portcullis.state.json");
    const help = "name another file with --state, or another folder with --dir";
    for (const [text, words] of [
      [
        '{"version": 4, "terraform_version": "1.11.4"}',
        "is no state of Portcullis but one of Terraform",
      ],
      ["{}", "is no state of Portcullis\n"],
      [PROVIDER, "is no state of Portcullis\n"],
    ] as const) {
      writeFileSync(path, text, { mode: 0o600 });
      const { code, stderr } = await runCli(["plan"], { cwd });
      t.equal(code, 1);
      t.match(stderr, words);
      t.match(stderr, help);
      t.notMatch(stderr, "backup");
      const verified = await runCli(["state", "verify"], { cwd });
      t.match(verified.stdout, words.trim());
      t.match(verified.stdout, help);
      t.notMatch(verified.stdout, /help: portcullis state repair/u);
      const repaired = await runCli(["state", "repair", APPROVED], { cwd });
      t.equal(repaired.code, 1, repaired.stdout);
      t.equal(readFileSync(path, "utf8"), text);
    }
    writeFileSync(path, '{"format_version": "x"}');
    const { stderr } = await runCli(["plan"], { cwd });
    t.match(stderr, "is damaged");
    t.match(stderr, "put a copy of your own back");
    t.notMatch(stderr, /state repair|is kept in/u);
  },
);

t.test("a pipe that nobody writes to is given up, and one with a writer is read", async (t) => {
  const pipe = join(temporaryFolder(t), "pipe");
  execFileSync("mkfifo", [pipe]);
  await t.rejects(readInput(pipe, { patience: 50 }), {
    message: "it is a pipe, and nothing came through it for 0.05 s",
  });
  const write = (script: string) => {
    const writer = spawn("sh", ["-c", script, pipe]);
    t.teardown(() => writer.kill());
  };
  write('echo "x: 1" > "$0"');
  t.equal(String(await readInput(pipe)), "x: 1\n");
  write('cat /dev/zero > "$0"');
  await t.rejects(readInput(pipe, { most: 1000 }), { message: /at most 1000 are read/u });
});

t.test("a socket is refused", async (t) => {
  const path = join(temporaryFolder(t), "socket");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  t.teardown(() => server.close());
  await t.rejects(readInput(path), { message: "it is a socket, not a file" });
});
