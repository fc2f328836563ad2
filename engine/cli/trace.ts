import type { Runtime } from "../model/runtime.js";
import { plainText } from "../ui/plain-text.js";
import { line, span } from "../ui/row.js";
import { lookOf, type World } from "./world.js";

/** Writes what is told of requests to standard error, never broken into lines by width. */
export function traceOn(world: World): NonNullable<Runtime["trace"]> {
  const { color } = lookOf(world, world.stderr);
  return (lines) => {
    const rows = lines.map((text, index) => line(index === 0 ? 0 : 2, span(text, "dim")));
    world.stderr.write(plainText(rows, { width: Number.POSITIVE_INFINITY, color }));
  };
}
