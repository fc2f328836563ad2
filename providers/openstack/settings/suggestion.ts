/** `did you mean "production"?`, or the names there are; empty where there is none. */
export function suggest(name: string, names: readonly string[]): string {
  if (names.length === 0) return "";
  const [nearest] = names
    .map((candidate) => ({ candidate, distance: distance(name, candidate) }))
    .filter((it) => it.distance <= Math.max(1, name.length / 3))
    .sort((a, b) => a.distance - b.distance);
  const known = `There are: ${names.join(", ")}.`;
  return nearest ? `Did you mean "${nearest.candidate}"? ${known}` : known;
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1];
    for (let column = 0; column < b.length; column++) {
      const replaced = (previous[column] ?? 0) + (letter === b[column] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
