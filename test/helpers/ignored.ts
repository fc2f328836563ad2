import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Tells of a file's name whether the folder's .gitignore covers it; patterns with `*` alone. */
export function ignoredIn(folder: string): (name: string) => boolean {
  const patterns = readFileSync(join(folder, ".gitignore"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => new RegExp(`^${line.replaceAll(".", "\\.").replaceAll("*", ".*")}$`, "u"));
  return (name) => patterns.some((pattern) => pattern.test(name));
}
