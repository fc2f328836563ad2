import { cpSync, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import t from "tap";
import { runCli } from "./helpers/cli.js";
import { copyOfExample, EXAMPLE_NAMES, temporaryFolder } from "./helpers/example.js";
import { golden } from "./helpers/golden.js";
import { ignoredIn } from "./helpers/ignored.js";

const EXAMPLES = new URL("../examples/", import.meta.url);
const BROKEN = new URL("broken/", EXAMPLES);

t.test("every folder of examples is one that is run", async (t) => {
  const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((it) => it.isDirectory());
  t.strictSame(folders.map((it) => it.name).sort(), [...EXAMPLE_NAMES, "broken"].sort());
});

for (const name of EXAMPLE_NAMES) {
  t.test(`${name} is valid and plans as expected on a new embedded cloud`, async (t) => {
    const cwd = copyOfExample(t, name);
    t.match(await runCli(["validate"], { cwd }), { code: 0, stderr: "" });
    const plan = await runCli(["plan"], { cwd });
    t.equal(plan.code, 0, plan.stderr);
    golden(t, new URL(`${name}/expected-plan.txt`, EXAMPLES), withoutCloud(plan.stdout));
  });
}

for (const name of EXAMPLE_NAMES.filter((it) =>
  existsSync(new URL(`${it}/.gitignore`, EXAMPLES)),
)) {
  t.test(`what ${name} delivers stays out of a repository`, async (t) => {
    const cwd = copyOfExample(t, name);
    const declared = readdirSync(cwd);
    t.equal((await runCli(["apply", "--auto-approve"], { cwd })).code, 0);
    const isIgnored = ignoredIn(cwd);
    t.strictSame(
      readdirSync(cwd).filter((it) => !isIgnored(it)),
      declared,
    );
  });
}

/** The project's id, in the line that names the cloud, is another one each time. */
function withoutCloud(plan: string): string {
  const [first = "", ...rest] = plan.split("\n");
  return first.startsWith("cloud ") ? rest.join("\n") : plan;
}

/** A mistake that spans files has a folder, any other a file. */
const MISTAKES = readdirSync(BROKEN).filter((it) => !it.endsWith(".txt"));

for (const mistake of MISTAKES) {
  const name = mistake.replace(/\.yaml$/u, "");
  t.test(`broken/${name} is explained`, async (t) => {
    const cwd = temporaryFolder(t);
    const source = fileURLToPath(new URL(mistake, BROKEN));
    cpSync(source, statSync(source).isDirectory() ? cwd : join(cwd, mistake), { recursive: true });
    const { code, stdout, stderr } = await runCli(["validate"], { cwd });
    t.strictSame({ code, stdout }, { code: 1, stdout: "" });
    for (const error of stderr.split("\n\n").filter((it) => it.startsWith("error["))) {
      t.match(error, /--> [\w/-]+\.yaml:\d+:\d+\n/u, "it names its place");
      t.match(error, /= help: /u, "it tells the remedy");
    }
    golden(t, new URL(`${name}.txt`, BROKEN), stderr);
  });
}
