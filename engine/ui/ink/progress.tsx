import { Box, render, Static } from "ink";
import { type ReactElement, useEffect, useReducer } from "react";
import type { Line } from "../layout.js";
import { TextLine } from "./text-line.js";

export interface ProgressDrawing {
  readonly stdout: NodeJS.WriteStream;
  readonly color: boolean;
  /** What is printed once and stays; grows. */
  readonly kept: readonly Line[];
  /** The live part as of now. */
  readonly live: () => readonly Line[];
}

/** Milliseconds between two pictures: events are many, eyes are slow. */
const TICK = 100;

/** Draws on the terminal; the answer ends it, leaves what is kept, and may be called again. */
export function drawProgress(drawing: ProgressDrawing): () => void {
  const options = { stdout: drawing.stdout, patchConsole: false, exitOnCtrlC: false };
  const instance = render(<LiveView {...drawing} over={false} />, options);
  let over = false;
  return () => {
    if (over) return;
    over = true;
    instance.rerender(<LiveView {...drawing} over={true} />);
    instance.unmount();
  };
}

interface LiveViewProps extends Omit<ProgressDrawing, "stdout"> {
  /** Leaves only what stays. */
  readonly over: boolean;
}

/** What happened above, what happens below. */
export function LiveView({ color, kept, live, over }: LiveViewProps): ReactElement {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(tick, TICK);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <Static items={numbered(kept)}>
        {({ number, line }) => <TextLine key={number} line={line} color={color} />}
      </Static>
      {over ? null : (
        <Box flexDirection="column">
          {numbered(live()).map(({ number, line }) => (
            <TextLine key={number} line={line} color={color} />
          ))}
        </Box>
      )}
    </>
  );
}

function numbered(lines: readonly Line[]) {
  return lines.map((line, number) => ({ number, line }));
}
