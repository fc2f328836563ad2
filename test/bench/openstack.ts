import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startLab } from "../openstack-lab/lab.js";
import { startCloudProcess } from "./cloud.js";
import { compareAll } from "./compare.js";
import { scenarios } from "./scenario.js";
import { markdown } from "./table.js";

const HELP = `npm run bench:openstack -- [OPTION...] [SCENARIO...]

Portcullis beside plain API calls on a real OpenStack (test/openstack-lab), and beside Terraform
where it is on the PATH, in one run. Prints a Markdown table and judges nothing.

Scenarios: ${Object.keys(scenarios("", { small: true })).join(", ")}; all unless some are named.

  --small              a few of each, in a minute: whether it works
  --sandbox            on the embedded cloud
  --rounds N           how often each is measured, the best counts (2)
  --without-terraform  not beside Terraform, which takes ten minutes for 1000 rules
  --help               this
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    small: { type: "boolean", default: false },
    sandbox: { type: "boolean", default: false },
    "without-terraform": { type: "boolean", default: false },
    rounds: { type: "string", default: "2" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) print(HELP);
else if (values.sandbox) await onSandbox();
else await onLab();

async function onLab(): Promise<void> {
  const lab = await startLab();
  if ("skipped" in lab) return print(`no lab: ${lab.skipped}\n`);
  await main(lab.cloudsFile, "lab-demo").finally(lab.stop);
}

async function onSandbox(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "portcullis-bench-cloud-"));
  const cloud = await startCloudProcess(folder);
  await main(cloud.env.OS_CLIENT_CONFIG_FILE ?? "", "sandbox").finally(() => {
    cloud.stop();
    rmSync(folder, { recursive: true, force: true });
  });
}

async function main(cloudsFile: string, cloud: string): Promise<void> {
  const unknown = positionals.filter((name) => !(name in scenarios("", { small: true })));
  if (unknown.length > 0) throw new Error(`no scenario ${unknown.join(", ")}; see --help`);
  const { rows, skipped } = await compareAll({
    cloudsFile,
    cloud,
    names: positionals,
    small: values.small,
    rounds: Number(values.rounds),
    ...(!values["without-terraform"] && { terraform: process.env }),
    tell: (line) => process.stderr.write(`${line}\n`),
  });
  const processors = cpus();
  print(
    `Node ${process.version}, ${processors.length} cores of ${processors[0]?.model ?? "?"}.\n\n`,
  );
  print(markdown(rows));
  if (skipped !== undefined) print(`\nTerraform was not measured: ${skipped}.\n`);
}

function print(text: string): void {
  process.stdout.write(text);
}
