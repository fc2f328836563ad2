/**
 * Whether a path fits an access rule: `*` and `{name}` are one segment, `**` is anything. The rest
 * goes into a regular expression as it stands, so that `.` fits any character.
 * Source: `_path_matches` of keystonemiddleware/auth_token/__init__.py.
 */
export function matchesPath(rule: string, path: string): boolean {
  const parts = rule.match(/\{[^}]*\}|\*\*|\*|[^{}*]/gu) ?? [];
  const pattern = parts.map((part) => {
    if (part === "**") return ".*";
    return part === "*" || part.startsWith("{") ? "[^/]+" : part;
  });
  try {
    return new RegExp(`^${pattern.join("")}$`).test(path);
  } catch {
    return false;
  }
}
