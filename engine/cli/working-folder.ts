import { existsSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import type { World } from "./world.js";

/** The variables that name files. A path in them is relative to the working directory. */
const PATHS = [
  "OS_CLIENT_CONFIG_FILE",
  "OS_CLIENT_SECURE_FILE",
  "OS_CLIENT_VENDOR_FILE",
  "OS_CACERT",
  "OS_CERT",
  "OS_KEY",
];

/** The files that OpenStack's clients look for first in the working directory, by variable. */
const SEARCHED: readonly (readonly [string, string])[] = [
  ["OS_CLIENT_CONFIG_FILE", "clouds"],
  ["OS_CLIENT_SECURE_FILE", "secure"],
  ["OS_CLIENT_VENDOR_FILE", "clouds-public"],
];

/**
 * The environment as a provider is to see it, whose paths are relative to the configuration's
 * folder: what is meant from the working directory, where the user is, is made absolute.
 */
export function fromWorkingFolder(
  { env, cwd }: Pick<World, "env" | "cwd">,
  folder: string,
): World["env"] {
  const named = PATHS.flatMap((name): [string, string][] => {
    const path = env[name];
    const isRelative = path && !isAbsolute(path) && !/^~(?:\/|$)/u.test(path);
    return isRelative ? [[name, resolve(cwd, path)]] : [];
  });
  const found = SEARCHED.flatMap(([name, file]): [string, string][] => {
    const path = env[name] || folder === cwd ? undefined : firstIn(cwd, file);
    return path === undefined ? [] : [[name, path]];
  });
  return { ...env, ...Object.fromEntries([...named, ...found]) };
}

function firstIn(cwd: string, file: string): string | undefined {
  const paths = ["yaml", "yml", "json"].map((extension) => join(cwd, `${file}.${extension}`));
  return paths.find((path) => existsSync(path));
}
