import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { runCli } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";

const LEVELS = 10_000;

for (const { name, text } of [
  { name: "lists", text: `locals: { a: ${"[".repeat(LEVELS)}${"]".repeat(LEVELS)} }` },
  { name: "mappings", text: `locals: ${"{ a: ".repeat(LEVELS)}1${" }".repeat(LEVELS)}` },
  { name: "lists on one line", text: `locals:\n  a:\n${"- ".repeat(LEVELS)}1` },
]) {
  t.test(`${LEVELS} ${name} inside each other are refused at their place`, async (t) => {
    const cwd = temporaryFolder(t);
    writeFileSync(join(cwd, "main.yaml"), text);
    const { code, stderr } = await runCli(["validate"], { cwd });
    t.equal(code, 1);
    t.match(stderr, /error\[yaml-too-large\]: .* more than 100 deep\n --> main\.yaml:\d+:\d+/u);
  });
}

t.test("five thousand resources in one file are as good as one", async (t) => {
  const cwd = temporaryFolder(t);
  const groups = Array.from(
    { length: 5000 },
    (_, index) => `    g${index}: { rules: [{ ingress: ssh, from: 10.0.0.0/8 }] }\n`,
  );
  const head = "provider: { openstack: { sandbox: true } }\nresources:\n  security_group:\n";
  writeFileSync(join(cwd, "main.yaml"), `${head}${groups.join("")}`);
  const { code, stdout } = await runCli(["validate"], { cwd });
  t.equal(code, 0);
  t.match(stdout, /valid: 5000 resources/u);
});
