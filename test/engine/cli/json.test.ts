import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { cliBench } from "../../helpers/cli-bench.js";

const secret = "correct horse battery staple";
const yaml = `resources:
  key_pair:
    laptop: { private_key_file: laptop.pem }
  security_group:
    web: { rules: [{ ingress: ssh, from: 10.0.0.0/8 }] }
  application_credential:
    given: { secret: { env: CI_SECRET } }
    made: { write_to: { json: made.json } }
outputs:
  fingerprint: "\${key_pair.laptop.fingerprint}"
`;

t.test(
  "results for programs are one JSON text on standard output, and hold no secret",
  async (t) => {
    const bench = await cliBench(t, yaml);
    const env = { CI_SECRET: secret };
    const outputs: string[] = [];
    const json = async (code: number, ...argv: readonly string[]): Promise<unknown> => {
      const ended = await bench.run([...argv, "--json"], { env });
      t.equal(ended.code, code, `${argv.join(" ")}: ${ended.stderr}`);
      outputs.push(ended.stdout, ended.stderr);
      return JSON.parse(ended.stdout);
    };
    t.match(await json(0, "plan"), { format_version: 1, summary: { create: 4 } });
    const applied = await bench.run(["apply", "--auto-approve", "--verbose"], { env });
    t.equal(applied.code, 0, applied.stderr);
    outputs.push(applied.stdout, applied.stderr);
    t.match(await json(0, "plan"), { summary: { unchanged: 4 }, changes: [] });
    t.match(await json(0, "drift"), { drift: [], summary: { changed: 0, deleted: 0 } });
    await bench.cloud.hand.deleteKeyPair("laptop");
    t.match(await json(3, "drift"), { drift: [{ address: "key_pair.laptop", kind: "deleted" }] });
    t.match(await json(0, "show"), { resources: [{}, {}, {}, {}] });
    t.match(await json(0, "state", "show", "security_group.web"), { resources: [{}] });
    t.match(await json(0, "output"), { fingerprint: /^[0-9a-f:]+$/u });

    const delivered: { secret: string } = JSON.parse(bench.read("made.json"));
    const key = bench.read("laptop.pem").split("\n")[2] ?? "none";
    const kept = readdirSync(bench.cwd)
      .filter((name) => name.startsWith("portcullis"))
      .map((name) => readFileSync(join(bench.cwd, name), "utf8"));
    for (const text of [...outputs, ...kept])
      for (const hidden of [secret, delivered.secret, key]) t.notOk(text.includes(hidden));
  },
);

t.test("errors leave standard output empty", async (t) => {
  const bench = await cliBench(t, "resources: { security_grup: {} }\n");
  for (const argv of [["plan", "--json"], ["drift", "--json"], ["validate"]]) {
    const { stdout, stderr } = await bench.expect(1, ...argv);
    t.equal(stdout, "");
    t.match(stderr, "main.yaml:1:");
    t.match(stderr, "security_group");
  }
});

t.test("validate tells programs every mistake, and whether there is one", async (t) => {
  const bench = await cliBench(t, "resources: { security_grup: {} }\n");
  const wrong = await bench.expect(1, "validate", "--json");
  t.equal(wrong.stderr, "");
  t.match(JSON.parse(wrong.stdout), {
    valid: false,
    diagnostics: [{ severity: "error", range: { file: "main.yaml", line: 1 } }],
  });
  bench.write("main.yaml", "resources: { security_group: { web: {} } }\n");
  t.strictSame(JSON.parse((await bench.expect(0, "validate", "--json")).stdout), {
    format_version: 1,
    valid: true,
    diagnostics: [],
  });
});
