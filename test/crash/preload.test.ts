import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { Operation } from "./operation.js";
import { formatPoint, type Point, parsePoint, pointsOf } from "./points.js";

const PRELOAD = new URL("preload.mjs", import.meta.url).href;

/** Puts a file in its place; what is synchronized on the way is asked for by name. */
const SCRIPT = `
import { open, rename } from "node:fs/promises";
const synced = process.argv.slice(2);
const file = await open("new", "wx");
await file.writeFile("whole");
if (synced.includes("file")) await file.sync();
await file.close();
await rename("new", "old");
const folder = await open(".", "r");
if (synced.includes("folder")) await folder.sync();
await folder.close();
await open("done", "w");
`;

const CREATE = 1;
const WRITE = 2;
const RENAME = 3;
const LAST = 4;

const cases: readonly (readonly [
  string,
  Point,
  readonly string[],
  Readonly<Record<string, string>>,
])[] = [
  ["nothing done", { at: CREATE, moment: "before", loss: "nothing" }, [], { old: "before" }],
  [
    "half written",
    { at: WRITE, moment: "torn", loss: "nothing" },
    [],
    { old: "before", new: "wh" },
  ],
  ["moved", { at: RENAME, moment: "after", loss: "nothing" }, [], { old: "whole" }],
  ["all forgotten", { at: LAST, moment: "before", loss: "unsynced" }, [], { old: "before" }],
  ["names alone kept", { at: LAST, moment: "before", loss: "contents" }, [], { old: "" }],
  ["bytes kept", { at: LAST, moment: "before", loss: "contents" }, ["file"], { old: "whole" }],
  ["move forgotten", { at: LAST, moment: "before", loss: "unsynced" }, ["file"], { old: "before" }],
  [
    "all kept",
    { at: LAST, moment: "before", loss: "unsynced" },
    ["file", "folder"],
    { old: "whole" },
  ],
];

for (const [name, point, synced, left] of cases) {
  t.test(
    `killed ${formatPoint(point)}, ${synced.join(" and ") || "nothing"} synced: ${name}`,
    async (t) => {
      const place = t.testdir({ aside: {}, root: { old: "before" }, "script.mjs": SCRIPT });
      const root = join(place, "root");
      const settings = { root, aside: join(place, "aside"), ...point };
      const { signal } = spawnSync(
        process.execPath,
        ["--import", PRELOAD, join(place, "script.mjs"), ...synced],
        { cwd: root, env: { PORTCULLIS_CRASH: JSON.stringify(settings) } },
      );
      t.equal(signal, "SIGKILL");
      const files = readdirSync(root).map((it) => [it, readFileSync(join(root, it), "utf8")]);
      t.strictSame(Object.fromEntries(files), left);
    },
  );
}

for (const [moment, left] of [
  ["before", {}],
  ["torn", { taken: "" }],
  ["after", { taken: "secret" }],
] as const) {
  t.test(`killed ${moment} a command`, async (t) => {
    const script = `import { spawn } from "node:child_process";
      const child = spawn("sh", ["-c", "cat > taken"], { cwd: process.cwd(), stdio: ["pipe", "ignore", "ignore"] });
      child.stdin.end("secret");`;
    const place = t.testdir({ aside: {}, root: {}, "script.mjs": script });
    const root = join(place, "root");
    const settings = { root, aside: join(place, "aside"), at: 1, moment, loss: "nothing" };
    const { signal } = spawnSync(
      process.execPath,
      ["--import", PRELOAD, join(place, "script.mjs")],
      { cwd: root, env: { PATH: process.env.PATH, PORTCULLIS_CRASH: JSON.stringify(settings) } },
    );
    t.equal(signal, "SIGKILL");
    const files = readdirSync(root).map((it) => [it, readFileSync(join(root, it), "utf8")]);
    t.strictSame(Object.fromEntries(files), left);
  });
}

t.test("a run is killed wherever the disk or the cloud is another", async (t) => {
  const operation = (at: number, verb: string, names = 0, contents = 0): Operation => {
    return { at, verb, on: "x", names, contents };
  };
  const points = pointsOf([
    operation(1, "write"),
    operation(2, "rename", 1, 1),
    operation(3, "POST"),
    operation(4, "run"),
    operation(5, "unlink", 1),
  ]).map(formatPoint);
  t.strictSame(points, [
    "1-before",
    "1-torn",
    "2-before",
    "2-before-unsynced",
    "2-before-contents",
    "3-before",
    "3-after",
    "4-before",
    "4-torn",
    "4-after",
    "5-before",
    "5-before-unsynced",
    "5-after",
  ]);
  t.strictSame(points.map(parsePoint).map(formatPoint), points);
  t.throws(() => parsePoint("4-never"), RangeError);
});
