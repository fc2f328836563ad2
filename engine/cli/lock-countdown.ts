import type { LockOwner } from "../model/state.js";
import { waitingText } from "../ui/lock-text.js";
import { plainText } from "../ui/plain-text.js";
import { line, span } from "../ui/row.js";
import { splitAtWidth } from "../ui/width.js";
import { printErrorRows } from "./print.js";
import { lookOf, type World } from "./world.js";

/** Shows how long a lock is still waited for, on standard error. */
export interface Countdown {
  readonly show: (owner: LockOwner, left: number) => void;
  /** Takes the line of a terminal away. */
  end(): void;
}

type Screen = Pick<World, "env" | "stderr">;

/** Milliseconds between two lines where each stays. */
const SELDOM = 30_000;

/** One line that changes on a terminal; one line at first and then every 30 s elsewhere. */
export function startCountdown(world: Screen): Countdown {
  const look = lookOf(world, world.stderr);
  return look.interactive ? onTerminal(world, look.width) : inPipe(world);
}

function onTerminal({ stderr }: Screen, columns: number): Countdown {
  const plain = { width: Number.POSITIVE_INFINITY, color: false };
  let drawn = false;
  return {
    show: (owner, left) => {
      drawn = true;
      const text = plainText([line(0, span(waitingText(owner, left)))], plain).trimEnd();
      const [fitting] = splitAtWidth(text, columns - 1);
      stderr.write(`\r${fitting}\u001b[K`);
    },
    end: () => {
      if (drawn) stderr.write("\r\u001b[K");
    },
  };
}

function inPipe(world: Screen): Countdown {
  let next = Number.POSITIVE_INFINITY;
  return {
    show: (owner, left) => {
      if (left > next) return;
      next = left - SELDOM;
      printErrorRows(world, [line(0, span(waitingText(owner, left), "dim"))]);
    },
    end: () => {},
  };
}
