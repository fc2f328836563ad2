import type { Cost } from "./command.js";

/** One measurement beside those of others who did the same. */
export interface ResultRow {
  readonly scenario: string;
  readonly step: string;
  readonly ours: Cost;
  /** Of a script that sends the plain requests. */
  readonly raw: Cost;
  /** Wall against wall where both run in a process that has done it before. */
  readonly warm: number;
  readonly terraform?: Cost;
}

const HEAD = [
  "scenario",
  "step",
  "requests",
  "wall",
  "CPU",
  "memory",
  "raw requests",
  "raw wall",
  "wall / raw wall",
  "the same, both warm",
];
const TERRAFORM = ["requests", "wall", "CPU", "memory"].map((it) => `Terraform ${it}`);

/** The rows as a Markdown table; Terraform's columns are there where it was measured. */
export function markdown(rows: readonly ResultRow[]): string {
  const compared = rows.some((row) => row.terraform);
  const cells = rows.map(({ scenario, step, ours, raw, warm, terraform }) => [
    scenario,
    step,
    ...costs(ours),
    String(raw.requests),
    seconds(raw.wall),
    (ours.wall / raw.wall).toFixed(2),
    warm.toFixed(2),
    ...(terraform ? costs(terraform) : compared ? TERRAFORM.map(() => "") : []),
  ]);
  const head = compared ? [...HEAD, ...TERRAFORM] : HEAD;
  const rule = head.map((_, index) => (index < 2 ? "---" : "---:"));
  const line = (row: readonly string[]) => `| ${row.join(" | ")} |\n`;
  return [head, rule, ...cells].map(line).join("");
}

function costs({ requests, wall, cpu, memory }: Cost): readonly string[] {
  const known = (value: number, text: string) => (Number.isNaN(value) ? "" : text);
  return [
    String(requests),
    seconds(wall),
    known(cpu, seconds(cpu)),
    known(memory, `${memory.toFixed(0)} MB`),
  ];
}

function seconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} s`;
}
