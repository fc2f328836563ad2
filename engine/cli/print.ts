import { type Diagnostic, hasErrors } from "../model/diagnostic.js";
import type { SourceFile } from "../model/source.js";
import type { Json } from "../model/value.js";
import { diagnosticCounts, diagnosticRows } from "../ui/diagnostic-text.js";
import { jsonText } from "../ui/json-text.js";
import { plainText } from "../ui/plain-text.js";
import { line, type Row, span } from "../ui/row.js";
import { lookOf, type World } from "./world.js";

/** Writes rows to standard output: drawn on a terminal, as plain text elsewhere. */
export async function printRows(world: World, rows: readonly Row[]): Promise<void> {
  const look = lookOf(world, world.stdout);
  if (!look.interactive) {
    world.stdout.write(plainText(rows, look));
    return;
  }
  const { draw } = await import("../ui/draw.js");
  world.stdout.write(await draw(rows, { columns: look.width, color: look.color }));
}

/** Writes rows to standard error, as plain text. */
export function printErrorRows(world: Pick<World, "env" | "stderr">, rows: readonly Row[]): void {
  world.stderr.write(plainText(rows, lookOf(world, world.stderr)));
}

/** Writes a line to standard output. */
export function printLine(world: World, text: string): void {
  world.stdout.write(plainText([line(0, span(text))], lookOf(world, world.stdout)));
}

/** Writes a value for programs. */
export function printJson(world: World, value: Json): void {
  world.stdout.write(jsonText(value));
}

/** Writes diagnostics to standard error, counted at the end; answers whether any is an error. */
export function printDiagnostics(
  world: World,
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
): boolean {
  if (diagnostics.length === 0) return false;
  const failed = hasErrors(diagnostics);
  const count = line(0, span(diagnosticCounts(diagnostics), failed ? "error" : "warning"));
  printErrorRows(world, [...diagnosticRows(diagnostics, files), line(0), count]);
  return failed;
}
