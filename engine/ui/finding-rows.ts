import type { Finding } from "../model/finding.js";
import type { Json } from "../model/value.js";
import { hanging, line, type Row, type Segment, span, type Tone } from "./row.js";
import { displayWidth, padTo } from "./width.js";

const TONES: Readonly<Record<Finding["status"], Tone>> = {
  ok: "create",
  warning: "warning",
  failed: "error",
};
const STATUS_WIDTH = 7;

/** One step of a diagnosis: what, its details, and the remedy. */
export function findingRows({ step, status, summary, facts, help }: Finding): readonly Row[] {
  const lead = [span(`${padTo(status, STATUS_WIDTH)}  `, TONES[status])];
  const details = Object.entries(facts)
    .map(([name, value]) => [name.replaceAll("_", " "), valueText(value)] as const)
    .filter(([, text]) => text !== "");
  const column = Math.max(0, ...details.map(([name]) => displayWidth(name)));
  const indent = STATUS_WIDTH + 2;
  return [
    hanging(0, lead, span(step.replaceAll("_", " "), "strong"), span(`: ${summary}`)),
    ...details.map(([name, text]) =>
      hanging(indent + 2, [span(`${padTo(name, column)}  `, "dim")], span(text)),
    ),
    ...(help === undefined ? [] : [hanging(indent, [span("= help: ", "create")], span(help))]),
  ];
}

/** How a diagnosis ended. */
export function verdictRow(findings: readonly Finding[]): Row {
  const count = (status: Finding["status"]) =>
    findings.filter((finding) => finding.status === status).length;
  const [failed, warnings] = [count("failed"), count("warning")];
  const parts: readonly Segment[] = [
    ...(failed > 0 ? [span(`${failed} failed`, "error")] : []),
    ...(failed > 0 && warnings > 0 ? [span(", ")] : []),
    ...(warnings > 0 ? [span(`${warnings} warning${warnings === 1 ? "" : "s"}`, "warning")] : []),
  ];
  return parts.length > 0 ? line(0, ...parts) : line(0, span("All is well.", "create"));
}

function valueText(value: Json): string {
  if (Array.isArray(value)) return value.map((item: Json) => valueText(item)).join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}
