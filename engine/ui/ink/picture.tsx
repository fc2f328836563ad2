import { Box, renderToString } from "ink";
import type { ReactElement } from "react";
import type { Line } from "../layout.js";
import { TONE_STYLE } from "../tones.js";
import { TextLine } from "./text-line.js";

/** Lines that ink lays out in one go: its cost grows faster than their number. */
const CHUNK = 100;

interface PictureProps {
  readonly lines: readonly Line[];
  readonly color: boolean;
}

/** Lines drawn to text, those of a frame in a box. */
export function drawPicture(props: PictureProps, columns: number): string {
  return chunksOf(props.lines)
    .map((lines) => `${renderToString(drawChunk({ ...props, lines }), { columns })}\n`)
    .join("");
}

function drawChunk({ lines, color }: PictureProps): ReactElement {
  const framed = lines[0]?.frame !== undefined;
  return framed ? <Framed lines={lines} color={color} /> : <Lines lines={lines} color={color} />;
}

function Lines({ lines, color }: PictureProps): ReactElement {
  return (
    <Box flexDirection="column">
      {numbered(lines).map(({ number, line }) => (
        <TextLine key={number} line={line} color={color} />
      ))}
    </Box>
  );
}

function Framed({ lines, color }: PictureProps): ReactElement {
  const tone = lines[0]?.frame;
  const border = color && tone ? TONE_STYLE[tone].color : undefined;
  return (
    <Box
      borderStyle="round"
      paddingX={1}
      alignSelf="flex-start"
      {...(border && { borderColor: border })}
    >
      <Lines lines={lines} color={color} />
    </Box>
  );
}

function numbered(lines: readonly Line[]) {
  return lines.map((line, number) => ({ number, line }));
}

/** Lines of one frame, or up to so many without. */
function chunksOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const chunks: Line[][] = [];
  for (const line of lines) {
    const last = chunks.at(-1);
    if (last?.[0]?.frame === line.frame && last && last.length < CHUNK) last.push(line);
    else chunks.push([line]);
  }
  return chunks;
}
