import fc from "fast-check";
import { arbitraryLife, type Life } from "./arbitrary-life.js";
import { live } from "./live.js";

/** A life in which something does not hold, made as short as could be. */
export interface Failure {
  readonly seed: number;
  readonly life: Life;
  readonly message: string;
}

/** How many lives are tried to find a shorter one. */
const PATIENCE = 200;

/** Lives the life of a seed; where it fails, looks for the shortest that fails. */
export async function trySeed(seed: number, folder: string): Promise<Failure | undefined> {
  let tries = 0;
  const property = fc.asyncProperty(arbitraryLife, async (life) => {
    if (tries++ < PATIENCE) await live(life, folder);
  });
  const found = await fc.check(property, { numRuns: 1, seed: spread(seed) });
  const [life] = found.counterexample ?? [];
  if (!life) return undefined;
  const error = found.errorInstance;
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { seed, life, message };
}

/** A test that fails as this life does: to be pasted into a file beside this one. */
export function reproduction({ seed, life }: Failure): string {
  return `import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t from "tap";
import { live } from "./live.js";

t.test("the life of seed ${seed}", async () => {
  await live(${JSON.stringify(life)}, mkdtempSync(join(tmpdir(), "life-")));
});
`;
}

/** Seeds beside each other give lives that have nothing in common (the finalizer of MurmurHash3). */
function spread(seed: number): number {
  let mixed = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
