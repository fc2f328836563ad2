import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measure } from "./command.js";
import { manyChanges } from "./configurations.js";

/**
 * `npm run bench:changes [COUNT...]`: the CPU of making and destroying so many things, the embedded
 * cloud included, which runs in the same process and keeps its data on disk. A ratio of 1.00 is exactly linear;
 * the last line says whether none is more than a fifth above it. What a start takes makes it less.
 * The folder is in memory where that can be: syncing each change to a disk takes time, and no CPU.
 */
const ROOT = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const COUNTS = process.argv.slice(2).map(Number);

const rows: Row[] = [];
for (const count of COUNTS.length > 0 ? COUNTS : [2500, 5000, 10_000]) {
  rows.push({ count, ...(await makeAndDestroy(count)) });
}

print("| changes | create, CPU s | against half as many | destroy, CPU s | against half as many |");
print("|---:|---:|---:|---:|---:|");
for (const [index, { count, create, destroy }] of rows.entries()) {
  const before = rows[index - 1];
  const ratio = (now: number, then: number | undefined) =>
    then === undefined || before === undefined
      ? ""
      : (now / then / (count / before.count)).toFixed(2);
  const cells = [
    count,
    create.toFixed(1),
    ratio(create, before?.create),
    destroy.toFixed(1),
    ratio(destroy, before?.destroy),
  ];
  print(`| ${cells.join(" | ")} |`);
}
print(`\nNo more than 20 % above linear: ${rows.every(isLinear) ? "yes" : "no"}.`);

interface Row {
  readonly count: number;
  /** CPU, in seconds. */
  readonly create: number;
  readonly destroy: number;
}

/** At most a fifth more for each change than in the row before. */
function isLinear({ count, create, destroy }: Row, index: number): boolean {
  const before = rows[index - 1];
  if (!before) return true;
  const isNear = (now: number, then: number) => now / then / (count / before.count) <= 1.2;
  return isNear(create, before.create) && isNear(destroy, before.destroy);
}

async function makeAndDestroy(count: number) {
  const cwd = mkdtempSync(join(ROOT, "portcullis-changes-"));
  try {
    writeFileSync(join(cwd, "main.yaml"), manyChanges(count));
    const run = (command: string) => measure([command, "--auto-approve", "--sandbox"], { cwd });
    const { cpu: create } = await run("apply");
    const { cpu: destroy } = await run("destroy");
    return { create, destroy };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
