import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import t from "tap";
import { runCli } from "../helpers/cli.js";
import { EXAMPLE_NAMES } from "../helpers/example.js";
import { holds } from "../helpers/property.js";

const EXAMPLES = new URL("../../examples/", import.meta.url);
const TEXTS = EXAMPLE_NAMES.flatMap((name) => {
  const folder = new URL(`${name}/`, EXAMPLES);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => readFileSync(new URL(file, folder), "utf8"));
});

/** What means something to YAML, to the expressions or to the resource types. */
const PIECES = [
  ..."{}[]:,-#&*!|>%@'\"\\\t\n $.()/0",
  ...["${", "}", "var.x", "each.key", "security_group.web", "security_group.app.id", "self"],
  ...["null", "true", "1e999", "-1", "65536", "tcp/", "icmp/8", "::/0", "0.0.0.0/33", "__proto__"],
  ...["for_each: [a]\n", "default", "2030-02-30", "\u0000", "\ud800", "ssh-ed25519 AAAA", "~/x"],
];

const mutated = fc
  .tuple(
    fc.constantFrom(...TEXTS),
    fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom(...PIECES)), { maxLength: 4 }),
  )
  .map(([text, edits]) =>
    edits.reduce((it, [at, length, piece]) => {
      const from = at % (it.length + 1);
      return it.slice(0, from) + piece + it.slice(from + length);
    }, text),
  );
const anyText = fc.oneof(
  { weight: 6, arbitrary: mutated },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...PIECES) }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
);

for (const { argv, runs } of [
  { argv: ["validate"], runs: 250 },
  { argv: ["plan", "--sandbox"], runs: 60 },
]) {
  t.test(`any text is understood or explained by ${argv[0]}`, async () => {
    const property = fc.asyncProperty(anyText, async (text) => {
      const cwd = mkdtempSync(join(tmpdir(), "portcullis-text-"));
      try {
        writeFileSync(join(cwd, "main.yaml"), text);
        const { code, stderr } = await runCli(argv, { cwd });
        if (code === 0) return true;
        return stderr !== "" && !/bug in Portcullis|^ +at /mu.test(stderr);
      } finally {
        rmSync(cwd, { recursive: true });
      }
    });
    await holds(runs, property);
  });
}
