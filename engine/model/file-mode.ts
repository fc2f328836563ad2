/**
 * The permissions of a file, as `0644`, where others than its owner have some; undefined where they
 * have none. `platform` is Node's name for the system; absent: one that has modes.
 */
export function widerMode(mode: number, platform: string | undefined): string | undefined {
  // Windows keeps access in lists, and tells 0666 or 0444 of every file.
  if (platform === "win32" || (mode & 0o077) === 0) return undefined;
  return (mode & 0o777).toString(8).padStart(4, "0");
}
