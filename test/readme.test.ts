import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import t, { type Test } from "tap";
import { EXIT } from "../engine/cli/exit-codes.js";
import { broughtBy } from "./helpers/brought.js";
import { runCli } from "./helpers/cli.js";
import { documentedParts } from "./helpers/documented.js";
import { temporaryFolder } from "./helpers/example.js";
import { fences, outputMatches, replaceOutput } from "./helpers/markdown.js";

const PROJECT = fileURLToPath(new URL("../", import.meta.url));
const DOCUMENTS = [
  ...readdirSync(PROJECT).filter((it) => it.endsWith(".md")),
  ...readdirSync(join(PROJECT, "docs")).map((it) => join("docs", it)),
  "examples/README.md",
];
const UPDATE = process.env.UPDATE_GOLDEN === "1";

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

const read = (path: string) => readFileSync(join(PROJECT, path), "utf8");

t.test("what the code decides is documented as it is", async (t) => {
  const { stdout } = await runCli(["--help"], { cwd: PROJECT });
  const parts = documentedParts(stdout);
  const used = DOCUMENTS.flatMap((path) => {
    const names: string[] = [];
    const text = read(path);
    const whole = text.replace(
      /(<!-- generated: (.*?) -->)\n[\s\S]*?(<!-- end -->)/gu,
      (_all, start: string, name: string, end: string) => {
        names.push(name);
        return `${start}\n\n${parts.get(name) ?? "nothing has this name"}\n\n${end}`;
      },
    );
    if (UPDATE) writeFileSync(join(PROJECT, path), whole);
    t.equal(read(path), whole, path);
    return names;
  });
  t.strictSame(used.sort(), [...parts.keys()].sort(), "every part is somewhere");
});

t.test("the table of exit codes has each of them", async (t) => {
  const rows = [...read("README.md").matchAll(/^\| (\d+) +\|/gmu)].map(([, code]) => Number(code));
  t.strictSame(rows, Object.values(EXIT));
});

t.test("the table of dependencies is that of package.json and of the lock", async (t) => {
  const { dependencies }: Manifest = JSON.parse(read("package.json"));
  const rows = read("ARCHITECTURE.md").matchAll(/^\| `(\S+)` +\| ([~^]?\d\S*) +\| (\d+) +\|/gmu);
  t.strictSame(
    [...rows].map(([, name, range, count]) => [name, range, Number(count)]),
    Object.entries(dependencies ?? {}).map(([name, range]) => [
      name,
      range,
      broughtBy(name).length,
    ]),
  );
});

t.test("every link leads to a file of the project", async (t) => {
  for (const path of DOCUMENTS) {
    for (const [, target = ""] of read(path).matchAll(/\]\(((?!https?:)[^)#]+)/gu)) {
      t.ok(existsSync(join(PROJECT, dirname(path), target)), `${path}: ${target}`);
    }
  }
});

t.test("every path that is named exists", async (t) => {
  for (const path of ["README.md", "ARCHITECTURE.md", "SECURITY.md"]) {
    const named = /`((?:engine|providers|state|test|examples|docs)\/[\w./-]+|\.[\w.-]+\.cjs)`/gu;
    for (const [, target = ""] of read(path).matchAll(named)) {
      t.ok(existsSync(join(PROJECT, target)), `${path}: ${target}`);
    }
  }
});

t.test("every configuration shown is valid", async (t) => {
  for (const path of DOCUMENTS) {
    for (const { info, text, line } of fences(read(path))) {
      if (info !== "yaml") continue;
      const cwd = temporaryFolder(t);
      cpSync(join(PROJECT, "examples/06-three-tier/keys"), join(cwd, "keys"), { recursive: true });
      writeFileSync(join(cwd, "shown.yaml"), text);
      t.equal((await runCli(["validate"], { cwd })).stderr, "", `${path}:${line}`);
    }
  }
});

t.test("the commands of the tour do what is shown", { timeout: 300_000 }, async (t) => {
  const run = shellIn(t);
  const text = read("README.md");
  const all = fences(text);
  const replies: { readonly line: number; readonly stdout: string }[] = [];
  for (const [index, { info, text: script, line }] of all.entries()) {
    const [language, kind, needs] = info.split(" ");
    if (language !== "sh" || kind !== "run") continue;
    if (needs !== undefined && !isInstalled(needs)) {
      t.comment(`README.md:${line} needs ${needs}, which is not installed`);
      continue;
    }
    const { status, stdout, stderr } = run(script);
    t.equal(status, 0, `README.md:${line}: ${stderr}`);
    const shown = all[index + 1];
    if (shown?.info !== "text") continue;
    if (UPDATE) replies.push({ line: shown.line, stdout });
    else t.ok(outputMatches(stdout, shown.text), `README.md:${shown.line} shows\n${stdout}`);
  }
  if (UPDATE) writeFileSync(join(PROJECT, "README.md"), replaceOutput(text, replies));
});

/** Runs scripts one after the other in a folder of their own, with `portcullis` on the path. */
function shellIn(t: Test) {
  const root = temporaryFolder(t);
  const [cwd, bin] = [join(root, "work"), join(root, "bin")];
  for (const folder of [cwd, bin]) mkdirSync(folder);
  const program = join(bin, "portcullis");
  const tsx = new URL("../node_modules/tsx/dist/esm/index.mjs", import.meta.url);
  writeFileSync(
    program,
    `#!/bin/sh\nexec '${process.execPath}' --import '${tsx}' '${join(PROJECT, "engine/cli/bin.ts")}' "$@"\n`,
  );
  chmodSync(program, 0o755);
  const env = { PATH: `${bin}${delimiter}${process.env.PATH}`, HOME: root, CI: "true" };
  return (script: string) =>
    spawnSync("bash", ["-e", "-o", "pipefail", "-c", script], { cwd, env, encoding: "utf8" });
}

function isInstalled(program: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}
