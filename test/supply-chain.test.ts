import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import t from "tap";
import { sizeOf } from "./helpers/brought.js";

const PROJECT = fileURLToPath(new URL("../", import.meta.url));
const read = (path: string) => readFileSync(join(PROJECT, path), "utf8");

interface Locked {
  readonly integrity?: string;
  /** Where npm took it from; left out only for a registry's own place for that name and version. */
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const LOCK: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
  read("package-lock.json"),
);
const PACKAGES = Object.entries(LOCK.packages).filter(([path]) => path !== "");
const namesOf = (wrong: (it: Locked) => boolean) =>
  PACKAGES.filter(([, it]) => wrong(it)).map(([path]) => path);

t.test("every package comes from the npm registry, as the bytes that the lock names", async (t) => {
  t.ok(PACKAGES.length > 100);
  t.strictSame(
    namesOf(({ integrity = "" }) => !/^sha512-[\w+/]{86}==$/u.test(integrity)),
    [],
    "each has a SHA-512",
  );
  t.strictSame(
    namesOf(({ resolved }) => resolved !== undefined),
    [],
    "none is of a repository, an archive's address or a folder",
  );
  t.strictSame(
    namesOf(({ link }) => link === true),
    [],
  );
});

t.test("no package that users install has a script of its own", async (t) => {
  // esbuild's puts a binary in place of a script that finds it, to start faster; it works without.
  t.strictSame(
    namesOf(({ hasInstallScript }) => hasInstallScript === true),
    ["node_modules/esbuild"],
  );
  t.strictSame(
    namesOf(({ hasInstallScript, dev }) => hasInstallScript === true && dev !== true),
    [],
  );
});

t.test("the sizes in the table of dependencies are about what is installed", async (t) => {
  const rows = [
    ...read("ARCHITECTURE.md").matchAll(
      /^\| `(\S+)` +\| \S+ +\| \d+ +\| (\d+) +\| \d{4}-\d{2} +\|/gmu,
    ),
  ];
  const { dependencies }: { readonly dependencies: object } = JSON.parse(read("package.json"));
  t.strictSame(
    rows.map(([, name]) => name),
    Object.keys(dependencies),
  );
  for (const [, name = "", kilobytes] of rows) {
    const size = sizeOf(join("node_modules", name)) / 1000;
    t.ok(Math.abs(Number(kilobytes) / size - 1) < 0.2, `${name} takes ${Math.round(size)} kB`);
  }
});

t.test(
  "the packed program has what runs, its documents and examples, and nothing else",
  async (t) => {
    const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: PROJECT,
      encoding: "utf8",
    });
    const [{ files }]: [{ readonly files: readonly { readonly path: string }[] }] =
      JSON.parse(stdout);
    const paths = files.map(({ path }) => path);
    const expected =
      /^(?:dist\/(?:engine|providers|state)\/.*\.js|docs\/[\w-]+\.md|examples\/.*\.(?:yaml|md|txt|pub|pem)|package\.json|LICENSE|[A-Z]+\.md)$/u;
    t.strictSame(
      paths.filter((path) => !expected.test(path)),
      [],
    );
    t.ok(paths.includes("dist/engine/cli/bin.js"), "npm run build was run");
    t.ok(paths.includes("SECURITY.md"));
  },
);

t.test("each promise of SECURITY.md names tests that exist", async (t) => {
  const [, promises = ""] =
    /^## What is promised\n([\s\S]*?)^## /mu.exec(read("SECURITY.md")) ?? [];
  const rows = promises.split("\n").filter((line) => /^\| [A-Z]/u.test(line));
  t.ok(rows.length > 10);
  for (const row of rows) {
    const tests = [...row.matchAll(/`(test\/[\w./-]+)`/gu)].map(([, path = ""]) => path);
    t.ok(tests.length > 0, row);
    for (const path of tests) t.ok(existsSync(join(PROJECT, path)), path);
  }
});
