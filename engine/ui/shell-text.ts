/** Lines for a POSIX shell: what is unset, then what is exported. Nothing in a value is expanded. */
export function shellText(
  unset: readonly string[],
  variables: Readonly<Record<string, string>>,
): string {
  const exports = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`,
  );
  const lines = unset.length > 0 ? [`unset ${unset.join(" ")}`, ...exports] : exports;
  return lines.map((line) => `${line}\n`).join("");
}
