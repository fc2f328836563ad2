import type { Tone } from "./row.js";

/** How a tone looks: names that ink knows too. */
export interface ToneStyle {
  readonly color?: "red" | "green" | "yellow" | "magenta" | "cyan";
  readonly bold?: true;
  readonly dim?: true;
}

/** Text keeps the terminal's own color, and colors mark short words: both read on any background. */
export const TONE_STYLE: Readonly<Record<Tone, ToneStyle>> = {
  plain: {},
  dim: { dim: true },
  strong: { bold: true },
  create: { color: "green", bold: true },
  update: { color: "yellow", bold: true },
  delete: { color: "red", bold: true },
  replace: { color: "magenta", bold: true },
  import: { color: "cyan", bold: true },
  forget: { dim: true },
  error: { color: "red", bold: true },
  warning: { color: "yellow", bold: true },
  note: { color: "cyan" },
};

const COLOR_CODE = { red: 31, green: 32, yellow: 33, magenta: 35, cyan: 36 } as const;

/** The text between the escape sequences (ECMA-48 SGR) of its tone. */
export function paint(text: string, tone: Tone): string {
  const { color, bold, dim } = TONE_STYLE[tone];
  const codes = [bold && 1, dim && 2, color && COLOR_CODE[color]].filter(Boolean);
  return codes.length === 0 || text === "" ? text : `\u001b[${codes.join(";")}m${text}\u001b[0m`;
}
