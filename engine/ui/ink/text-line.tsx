import { Text } from "ink";
import type { ReactElement } from "react";
import type { Line } from "../layout.js";
import type { Segment } from "../row.js";
import { TONE_STYLE } from "../tones.js";

export interface TextLineProps {
  readonly line: Line;
  readonly color: boolean;
}

/** One fitted line; an empty one keeps its height. */
export function TextLine({ line, color }: TextLineProps): ReactElement {
  if (line.segments.length === 0) return <Text> </Text>;
  return (
    <Text>
      {placed(line.segments).map(({ at, segment }) => (
        <Text key={at} {...(color ? look(segment) : {})}>
          {segment.text}
        </Text>
      ))}
    </Text>
  );
}

function look({ tone }: Segment) {
  const { color, bold, dim } = TONE_STYLE[tone];
  return { ...(color && { color }), bold: bold ?? false, dimColor: dim ?? false };
}

/** Each segment with the offset it begins at, which tells it from the others. */
function placed(segments: readonly Segment[]) {
  let end = 0;
  return segments.map((segment) => {
    const at = end;
    end += segment.text.length;
    return { at, segment };
  });
}
