import fc, { type IAsyncProperty } from "fast-check";

/** How many times as many runs as usual: `PROPERTY_RUNS=20` looks twenty times as long. */
const EFFORT = Number(process.env.PROPERTY_RUNS ?? 1);

/**
 * Tries a property so many times. A failure names the seed and the path with which
 * `PROPERTY_SEED=... PROPERTY_PATH=...` repeats it. A run that takes longer than `timeout` milliseconds is one too.
 */
export async function holds<T>(
  runs: number,
  property: IAsyncProperty<T>,
  timeout?: number,
): Promise<void> {
  const { PROPERTY_SEED: seed, PROPERTY_PATH: path } = process.env;
  await fc.assert(property, {
    numRuns: Math.ceil(runs * EFFORT),
    ...(seed !== undefined && { seed: Number(seed) }),
    ...(path !== undefined && { path }),
    ...(timeout !== undefined && { timeout }),
  });
}
