import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Failure, trySeed } from "./try-seed.js";

/** Which seeds a process tries: every `stride`-th from `first` below `end`. */
export interface Share {
  readonly first: number;
  readonly end: number;
  readonly stride: number;
  /** Where folders are made. */
  readonly root: string;
}

export type Report =
  | { readonly kind: "lived"; readonly failure?: Failure }
  /** Seconds of CPU; the last. */
  | { readonly kind: "ended"; readonly cpu: number };

/** Tries its seeds one after another. */
export async function work(
  { first, end, stride, root }: Share,
  report: (report: Report) => void,
): Promise<void> {
  const folder = mkdtempSync(join(root, "portcullis-life-"));
  try {
    for (let seed = first; seed < end; seed += stride) {
      const failure = await trySeed(seed, folder);
      report({ kind: "lived", ...(failure && { failure }) });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const { user, system } = process.cpuUsage();
  report({ kind: "ended", cpu: (user + system) / 1e6 });
}
