/** A fenced block of a Markdown text. */
export interface Fence {
  /** What stands behind the opening fence: `sh run`. */
  readonly info: string;
  readonly text: string;
  /** The line of the opening fence, from 1 on. */
  readonly line: number;
}

const FENCE = /^```([^\n`]+)\n([\s\S]*?)^```$/gmu;

export function fences(markdown: string): readonly Fence[] {
  return [...markdown.matchAll(FENCE)].map(({ 1: info = "", 2: text = "", index }) => ({
    info,
    text,
    line: lineAt(markdown, index),
  }));
}

/** Whether an output is what is shown; a line `...` stands for any lines, ids and times for others. */
export function outputMatches(output: string, shown: string): boolean {
  let rest = stable(output);
  const parts = `\n${stable(shown)}`.split(/\n\.\.\.(?=\n)/u);
  if (parts.length === 1) return rest === stable(shown);
  rest = `\n${rest}`;
  return parts.every((part) => {
    const at = rest.indexOf(part);
    rest = rest.slice(at + part.length);
    return at !== -1;
  });
}

/** The text with these outputs in place of those shown at their lines, where they differ and have no `...`. */
export function replaceOutput(
  markdown: string,
  outputs: readonly { readonly line: number; readonly stdout: string }[],
): string {
  return markdown.replace(FENCE, (whole: string, info: string, text: string, index: number) => {
    const found = outputs.find(({ line }) => line === lineAt(markdown, index));
    const isPart = /^\.\.\.$/mu.test(text);
    const stays = !found || isPart || outputMatches(found.stdout, text);
    return stays ? whole : `\`\`\`${info}\n${found.stdout}\`\`\``;
  });
}

/** What is another each time, made the same. */
function stable(text: string): string {
  return text
    .replace(/\b[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\b/gu, "ID")
    .replace(/\b[0-9a-f]{2}(?::[0-9a-f]{2}){15}\b/gu, "FINGERPRINT")
    .replace(/\b\d{4}-\d{2}-\d{2}T[\d:.]+Z\b/gu, "TIME")
    .replace(/\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC, [\w ]+/gu, "TIME ")
    .replace(/\b\d+\.\d+s\b/gu, "TIME");
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
