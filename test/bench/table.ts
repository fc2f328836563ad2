import type { Measured } from "./measure.js";

/** One measurement beside the plain API calls for the same. */
export interface ResultRow {
  readonly scenario: string;
  readonly step: string;
  readonly ours: Measured;
  readonly raw?: Measured;
}

/** The rows as a Markdown table; ratios are of wall time. */
export function markdown(rows: readonly ResultRow[]): string {
  const cells = rows.map(({ scenario, step, ours, raw }) => [
    scenario,
    step,
    String(ours.requests),
    seconds(ours.wall),
    seconds(ours.cpu),
    raw ? String(raw.requests) : "",
    raw ? seconds(raw.wall) : "",
    raw ? `${(ours.wall / raw.wall).toFixed(2)}x` : "",
  ]);
  const head = [
    "scenario",
    "step",
    "requests",
    "wall",
    "CPU",
    "raw requests",
    "raw wall",
    "wall / raw wall",
  ];
  const line = (row: readonly string[]) => `| ${row.join(" | ")} |\n`;
  return [line(head), line(head.map(() => "---")), ...cells.map(line)].join("");
}

function seconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} s`;
}
