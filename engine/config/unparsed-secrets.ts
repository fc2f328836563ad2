/** A section of clouds.yaml or its like, at a line's beginning or in JSON. */
const CLOUDS = /^[\s{"']*(?:public-)?clouds["']?\s*:/mu;

/**
 * The lines from 1 of a text that is no YAML, and so tells nothing of its parts, in which a secret seems
 * to stand: behind one of these keys, or as a sensitive variable's default. `all`: it is a file of clouds.
 */
export function seemingSecretLines(
  text: string,
  names: readonly string[],
): readonly number[] | "all" {
  if (CLOUDS.test(text)) return "all";
  const defaults = /\bsensitive\b/u.test(text) ? ["default"] : [];
  const words = [...names, ...defaults, "password"].join("|");
  const key = new RegExp(`(?:^|[\\s{,"'])(?:${words})["']?\\s*:`, "iu");
  let depth = Number.POSITIVE_INFINITY;
  return text.split(/\r\n|\n|\r/u).flatMap((line, index) => {
    const indent = line.search(/\S|$/u);
    const isBelow = indent > depth || line.trim() === "";
    if (key.test(line)) depth = Math.min(depth, indent);
    else if (!isBelow) depth = Number.POSITIVE_INFINITY;
    return depth < Number.POSITIVE_INFINITY ? [index + 1] : [];
  });
}
