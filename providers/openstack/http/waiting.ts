import type { Runtime } from "../../../engine/model/runtime.js";

/** Shorter pauses go untold: nobody would wonder. */
const WORTH_TELLING = 3000;

/** Tells of a pause of so many milliseconds, where it is long enough to make one wonder. */
export function tellPause({ tell }: Runtime, milliseconds: number, why: string): void {
  if (milliseconds >= WORTH_TELLING) tell?.(`${why}: waiting ${spanOf(milliseconds)}.`);
}

/** Milliseconds in words: `45 s`, `5 min`, `24 h`. */
export function spanOf(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}
