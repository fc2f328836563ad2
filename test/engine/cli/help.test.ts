import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import t from "tap";
import { MOST_AT_ONCE } from "../../../providers/openstack/http/concurrency.js";
import { runCli } from "../../helpers/cli.js";

const cwd = tmpdir();
const run = (...argv: readonly string[]) => runCli(argv, { cwd });

const COMMANDS = [
  ["init"],
  ["validate"],
  ["schema"],
  ["doctor"],
  ["token"],
  ["sandbox"],
  ["plan"],
  ["drift"],
  ["apply"],
  ["destroy"],
  ["show"],
  ["output"],
  ["state"],
  ["state", "list"],
  ["state", "show"],
  ["state", "rm"],
  ["state", "mv"],
  ["state", "rotate-key"],
  ["state", "verify"],
  ["state", "repair"],
  ["force-unlock"],
  ["audit"],
  ["audit", "secrets"],
];

t.test("every command has help with examples of itself, on standard output", async (t) => {
  for (const command of COMMANDS) {
    const { code, stdout, stderr } = await run(...command, "--help");
    t.strictSame([code, stderr], [0, ""], command.join(" "));
    t.match(stdout, `Usage: portcullis ${command.join(" ")}`);
    const [, examples = ""] = stdout.split("Examples:\n");
    t.match(examples, `portcullis ${command.join(" ")}`);
    t.notMatch(stdout, "default: []", "an empty list is no news");
  }
});

/** What the help of a command lists under a heading: terms and what is said of them. */
function listed(help: string, heading: string): readonly (readonly [string, string])[] {
  const [, below = ""] = help.split(`\n${heading}:\n`);
  const [section = ""] = below.split("\n\n");
  return section
    .replaceAll(/\n {4,}/gu, " ")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [, term = line, words = ""] = /^ {2}(\S.*?) {2,}(\S.*)$/u.exec(line) ?? [];
      return [term, words] as const;
    });
}

t.test(
  "what a command does is a sentence, what an argument or option is for is none",
  async (t) => {
    for (const command of [[], ...COMMANDS]) {
      const { stdout } = await run(...command, "--help");
      for (const [term, words] of listed(stdout, "Commands")) t.match(words, /^[A-Z].*\.$/u, term);
      for (const [term, words] of ["Options", "Arguments"].flatMap((it) => listed(stdout, it)))
        t.match(words, /^[^A-Z].*[^.]$/u, `${command.join(" ")} ${term}`);
      const [, usage = ""] = /^Usage: (.*)$/mu.exec(stdout) ?? [];
      if (/[[<](?!options|command)/u.test(usage)) t.match(stdout, "\nArguments:\n", usage);
    }
  },
);

t.test("the help of the program lists the commands and every exit code", async (t) => {
  const { code, stdout } = await run("--help");
  t.equal(code, 0);
  for (const [command = ""] of COMMANDS) t.match(stdout, `  ${command}`);
  for (const exit of [0, 1, 2, 3, 4, 10, 11, 12, 13, 14, 15, 64, 129, 130, 143])
    t.match(stdout, new RegExp(`\\b${exit}\\b`, "u"));
});

t.test("the version is the package's", async (t) => {
  const { version }: { version: string } = JSON.parse(readFileSync("package.json", "utf8"));
  for (const option of ["--version", "-V"])
    t.strictSame(await run(option), { code: 0, stdout: `${version}\n`, stderr: "" });
});

t.test("a mistyped line is usage: told on standard error, with the likely word", async (t) => {
  const mistakes: readonly (readonly [readonly string[], string])[] = [
    [["plna"], "Did you mean plan?"],
    [["plan", "--jsno"], "Did you mean --json?"],
    [["state", "lst"], "Did you mean list?"],
    [["plan", "--out"], "argument missing"],
    [["plan", "extra"], "too many arguments"],
    [["state", "rm"], "missing required argument"],
    [["apply", "--parallelism", "0"], "It takes a number from 1"],
    [["apply", "--parallelism", "many"], "It takes a whole number"],
    [["sandbox", "--port", "65536"], "It takes a number up to 65535"],
    [["apply", "-auto-approve"], "Options have two dashes: --auto-approve."],
    [["plan", "-out=change.plan"], "Options have two dashes: --out."],
    [["plan", "-target=security_group.web"], "A plan is of the whole folder"],
    [["plan", "--refresh=false"], "Every plan looks at the cloud."],
    [["apply", "-lock=false"], "--lock-timeout 5m waits for it"],
    [["taint", "key_pair.web"], "Say portcullis apply --replace ADDRESS."],
    [["state", "mv", "security_group.a"], "missing required argument"],
    [["version"], "Say portcullis --version."],
    [[], "Usage: portcullis"],
  ];
  for (const [argv, words] of mistakes) {
    const { code, stdout, stderr } = await run(...argv);
    t.strictSame([code, stdout], [64, ""], argv.join(" "));
    t.match(stderr, words);
  }
});

t.test("the schema is one JSON text", async (t) => {
  const { code, stdout, stderr } = await run("schema");
  t.strictSame([code, stderr], [0, ""]);
  t.match(JSON.parse(stdout), { $schema: /2020-12/u });
});

t.test("the help of --parallelism tells what limits it", async (t) => {
  const { stdout } = await run("apply", "--help");
  t.match(stdout.replaceAll(/\s+/gu, " "), `each service gets ${MOST_AT_ONCE} at once at the most`);
});
