import type { ValueObject } from "../model/value.js";
import { hanging, line, type Row, span } from "./row.js";
import { valueText } from "./value-text.js";
import { displayWidth, padTo } from "./width.js";

/** The outputs, names aligned. */
export function outputRows(outputs: ValueObject): readonly Row[] {
  const names = Object.keys(outputs);
  if (names.length === 0) return [];
  const column = Math.max(...names.map(displayWidth));
  return [
    line(0, span("Outputs:", "strong")),
    ...Object.entries(outputs).map(([name, value]) =>
      hanging(
        2,
        [span(padTo(name, column)), span(" = ", "dim")],
        span(valueText(value, { limit: Number.POSITIVE_INFINITY })),
      ),
    ),
  ];
}
