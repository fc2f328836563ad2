import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCli } from "../helpers/cli.js";
import { rawSession } from "../helpers/raw-client.js";
import { startLab } from "../openstack-lab/lab.js";
import { type Measured, measure } from "./measure.js";
import { type RawScenario, rawScenario } from "./raw-scenarios.js";
import { markdown, type ResultRow } from "./table.js";

/**
 * `npm run bench:openstack [NAME...]`: Portcullis beside plain API calls on the lab, in one run.
 * It prints a Markdown table and judges nothing.
 */
interface Scenario {
  readonly title: string;
  readonly yaml: (tag: string) => string;
  /** The same with one rule more. */
  readonly changed?: (tag: string) => string;
  readonly raw: RawScenario;
}

const rules = (count: number, first = 1000) =>
  Array.from(
    { length: count },
    (_, index) => `        - { ingress: tcp/${first + index}, from: anywhere-ipv4 }\n`,
  ).join("");

const oneGroup = (count: number): Scenario => ({
  title: `1 group with ${count} rules`,
  yaml: (tag) => `resources:\n  security_group:\n    ${tag}:\n      rules:\n${rules(count)}`,
  changed: (tag) =>
    `resources:\n  security_group:\n    ${tag}:\n      rules:\n${rules(count - 1)}${rules(1, 9)}`,
  raw: rawScenario.groups(1, count),
});

const manyGroups: Scenario = {
  title: "100 groups with 10 rules",
  yaml: (tag) =>
    `resources:\n  security_group:\n    ${tag}:\n      for_each: [${names(100)}]\n      rules:\n${rules(10)}`,
  raw: rawScenario.groups(100, 10),
};

const keyPairs: Scenario = {
  title: "500 key pairs",
  yaml: (tag) =>
    `resources:\n  key_pair:\n    ${tag}:\n      for_each:\n${publicKeys(500)}      public_key: "\${each.value}"\n`,
  raw: rawScenario.keyPairs(publicKeyList(500)),
};

const credentials: Scenario = {
  title: "50 credentials",
  yaml: (tag) =>
    `resources:\n  application_credential:\n    ${tag}:\n      for_each: [${names(50)}]\n      roles: [member]\n      write_to: { json: "\${each.key}.json" }\n`,
  raw: rawScenario.credentials(50),
};

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "rules-100": oneGroup(100),
  "rules-1000": oneGroup(1000),
  groups: manyGroups,
  "key-pairs": keyPairs,
  credentials,
};

const lab = await startLab();
if ("skipped" in lab) process.stdout.write(`no lab: ${lab.skipped}\n`);
else await main(lab.cloudsFile).finally(lab.stop);

async function main(cloudsFile: string): Promise<void> {
  const wanted = process.argv.slice(2);
  const chosen = Object.entries(SCENARIOS).filter(
    ([name]) => wanted.length === 0 || wanted.includes(name),
  );
  const rows: ResultRow[] = [];
  for (const [, scenario] of chosen) rows.push(...(await compare(scenario, cloudsFile)));
  process.stdout.write(markdown(rows));
}

async function compare(scenario: Scenario, cloudsFile: string): Promise<readonly ResultRow[]> {
  const tag = `bench-${randomUUID().slice(0, 8)}`;
  const cwd = mkdtempSync(join(tmpdir(), "portcullis-bench-"));
  const env = { OS_CLIENT_CONFIG_FILE: cloudsFile };
  const run = async (...argv: readonly string[]): Promise<Measured> =>
    measure(async () => {
      const ended = await runCli([...argv, "--cloud", "lab-demo"], { cwd, env });
      if (ended.code !== 0) throw new Error(`${argv.join(" ")}: ${ended.stderr}`);
    });
  const declare = (yaml: string) => writeFileSync(join(cwd, "main.yaml"), yaml);
  const row = (step: string, ours: Measured, raw?: Measured): ResultRow => ({
    scenario: scenario.title,
    step,
    ours,
    ...(raw && { raw }),
  });
  try {
    declare(scenario.yaml(tag));
    const session = await rawSession(cloudsFile, "lab-demo");
    const raw = await scenario.raw(session);
    const rows = [row("apply", await run("apply", "--auto-approve"), raw.create)];
    rows.push(row("plan, nothing to do", await run("plan"), raw.list));
    if (scenario.changed) {
      declare(scenario.changed(tag));
      rows.push(row("one rule changed", await run("apply", "--auto-approve")));
    }
    rows.push(row("destroy", await run("destroy", "--auto-approve"), raw.remove));
    return rows;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

function names(count: number): string {
  return Array.from({ length: count }, (_, index) => `n${index}`).join(", ");
}

function publicKeyList(count: number): readonly string[] {
  return Array.from({ length: count }, () => {
    const { publicKey } = generateKeyPairSync("ed25519");
    const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
    const type = Buffer.from("ssh-ed25519");
    const length = (value: number) => Buffer.from([0, 0, 0, value]);
    const blob = Buffer.concat([length(type.length), type, length(32), raw]);
    return `ssh-ed25519 ${blob.toString("base64")} bench`;
  });
}

function publicKeys(count: number): string {
  return publicKeyList(count)
    .map((key, index) => `        k${index}: ${key}\n`)
    .join("");
}
