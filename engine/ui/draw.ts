import { layoutLines } from "./layout.js";
import type { Row } from "./row.js";

export interface DrawOptions {
  readonly columns: number;
  readonly color: boolean;
}

/** Columns that a frame and its padding take. */
const FRAME = 4;

/** Rows drawn for a terminal, each line ended by a newline; ink is loaded here. */
export async function draw(rows: readonly Row[], options: DrawOptions): Promise<string> {
  const { drawPicture } = await import("./ink/picture.js");
  const { columns, color } = options;
  const lines = rows.flatMap((row) =>
    layoutLines([row], row.frame === undefined ? columns : columns - FRAME),
  );
  return drawPicture({ lines, color }, columns);
}
