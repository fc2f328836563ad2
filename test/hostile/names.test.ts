import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { runCli, typing } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";
import { failureOf, inTurn, scriptedCloud } from "../helpers/scripted-cloud.js";

/** Clears a screen, names a window, turns the writing, hides, ends lines. */
const HOSTILE = "\u001b[2J\u001b]0;owned\u0007\u202egnp.exe\u200b\u0085\u2028\u009b31m\rend";
/** Parts of it that a terminal would act on; what draws a picture uses none of them. */
const PARTS = [
  "\u001b[2J",
  "\u001b]",
  "\u0007",
  "\u202e",
  "\u200b",
  "\u0085",
  "\u2028",
  "\u009b",
  "\rend",
];
const actedOn = (text: string) => PARTS.filter((part) => text.includes(part));

const named = (name: string) => `
provider: { openstack: { sandbox: true } }
resources:
  security_group:
    web: { name: ${JSON.stringify(name)}, description: ${JSON.stringify(name)}, rules: [{ ingress: http }] }
    many: { for_each: [${JSON.stringify(name)}] }
outputs: { told: "\${security_group.web.name}" }
`;

t.test("hostile names of a file do nothing to a terminal, in any output", async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), named(HOSTILE));
  for (const keyboard of [undefined, "yes\n"]) {
    for (const argv of [
      ["validate"],
      ["plan"],
      ["plan", "--var", `${HOSTILE}=1`],
      ["apply"],
      ["apply", "--auto-approve"],
      ["plan", "--json"],
      ["show"],
      ["output"],
      ["output", "--json"],
      ["output", HOSTILE],
      ["state", "list"],
      ["state", "show", `security_group.many[${JSON.stringify(HOSTILE)}]`],
      ["drift"],
      ["destroy", "--auto-approve"],
    ]) {
      const { stdout, stderr } = await runCli(argv, {
        cwd,
        ...(keyboard !== undefined && { keyboard: typing(keyboard) }),
      });
      t.strictSame(actedOn(stdout), [], `${argv[0]}: standard output`);
      t.strictSame(actedOn(stderr), [], `${argv[0]}: standard error`);
    }
  }
});

t.test("an output is spelled for a terminal, and exact for a program", async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), named(HOSTILE));
  await runCli(["apply", "--auto-approve"], { cwd });
  const piped = await runCli(["output", "told"], { cwd });
  t.equal(piped.stdout, `${HOSTILE}\n`);
  const shown = await runCli(["output", "told"], { cwd, keyboard: typing() });
  t.strictSame(actedOn(shown.stdout), []);
  t.match(shown.stdout, /\\u001b\[2J/u);
});

t.test("a state with a hostile name does nothing to a terminal", async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), named("web"));
  await runCli(["apply", "--auto-approve"], { cwd });
  const path = join(cwd, "portcullis.state.json");
  const hostile = JSON.stringify(HOSTILE).slice(1, -1);
  writeFileSync(path, readFileSync(path, "utf8").replaceAll('"web"', `"${hostile}"`));
  for (const argv of [["plan"], ["drift"], ["show"], ["state", "list"]]) {
    const { stdout, stderr } = await runCli(argv, { cwd, keyboard: typing() });
    t.strictSame(actedOn(stdout + stderr), [], argv.join(" "));
  }
});

t.test("hostile words of a cloud are one harmless line", async (t) => {
  const body = { [HOSTILE]: { message: HOSTILE, type: HOSTILE } };
  const headers = { "x-openstack-request-id": "req-1" };
  const { cloud } = await scriptedCloud(t, inTurn({ status: 400, headers, body }));
  const error = await failureOf(cloud.neutron.get("/security-groups"));
  t.strictSame(actedOn(error.message + error.response.type), []);
  t.match(error.message, /owned/u);
});
