/** The text with its middle replaced by `…` where it has more characters than `limit`. */
export function shorten(text: string, limit: number): string {
  const characters = [...text];
  if (characters.length <= limit) return text;
  const head = Math.ceil((limit - 1) / 2);
  return `${characters.slice(0, head).join("")}…${characters.slice(characters.length - (limit - 1 - head)).join("")}`;
}

/** Both texts shortened so that two that differ never look the same. */
export function shortenPair(a: string, b: string, limit: number): readonly [string, string] {
  const short = [shorten(a, limit), shorten(b, limit)] as const;
  if (a === b || short[0] !== short[1]) return short;
  const first = firstDifference([...a], [...b]);
  return [window(a, first, limit), window(b, first, limit)];
}

function firstDifference(a: readonly string[], b: readonly string[]): number {
  let index = 0;
  while (a[index] === b[index]) index++;
  return index;
}

function window(text: string, at: number, limit: number): string {
  const characters = [...text];
  const start = Math.max(0, at - Math.floor(limit / 4));
  const end = start + limit - 2;
  const inside = characters.slice(start, end).join("");
  return `${start > 0 ? "…" : ""}${inside}${end < characters.length ? "…" : ""}`;
}
