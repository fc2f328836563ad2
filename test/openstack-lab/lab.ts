import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A real OpenStack on this machine; README.md says what is in it. */
export interface Lab {
  readonly folder: string;
  /** Its clouds.yaml, with the clouds lab-demo, lab-demo2, lab-reader and lab-admin. */
  readonly cloudsFile: string;
  /** Stops it if {@link startLab} started it; leaves it to its owner otherwise. */
  stop(): Promise<void>;
}

/** Why this machine cannot have a lab. */
export interface NoLab {
  readonly skipped: string;
}

/**
 * The lab that runs in `PORTCULLIS_LAB_DIR` or the default folder, or else a new one there. Takes
 * seconds, or minutes where its packages are missing. Throws where it should start and does not,
 * and, when `CI` is `true`, where it cannot.
 */
export async function startLab(): Promise<Lab | NoLab> {
  const folder = process.env.PORTCULLIS_LAB_DIR ?? `/tmp/portcullis-lab-${userInfo().uid}`;
  const lab = { folder, cloudsFile: join(folder, "clouds.yaml") };
  if (await answers(lab.cloudsFile)) return { ...lab, stop: async () => {} };
  const { code, told } = await runScript("start.sh", folder);
  if (code === 0) return { ...lab, stop: () => stopLab(folder) };
  const reason = told.trim().split("\n").at(-1) ?? "";
  if (code !== CANNOT || process.env.CI === "true")
    throw new Error(`the OpenStack lab does not start:\n${told}`);
  process.stderr.write(`\nNOT TESTED AGAINST A REAL OPENSTACK: ${reason}\n\n`);
  return { skipped: reason };
}

/** The exit code of start.sh for a machine that cannot have the lab. */
const CANNOT = 77;

async function stopLab(folder: string): Promise<void> {
  const { code, told } = await runScript("stop.sh", folder);
  if (code !== 0) throw new Error(`the OpenStack lab does not stop:\n${told}`);
}

async function answers(cloudsFile: string): Promise<boolean> {
  try {
    const [, url] = /auth_url: *(\S+)/u.exec(await readFile(cloudsFile, "utf8")) ?? [];
    if (url === undefined) return false;
    return (await fetch(url, { signal: AbortSignal.timeout(10_000) })).ok;
  } catch {
    return false;
  }
}

interface Outcome {
  readonly code: number;
  /** What the script wrote to standard error. */
  readonly told: string;
}

function runScript(name: string, folder: string): Promise<Outcome> {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const env = { ...process.env, PORTCULLIS_LAB_DIR: folder };
  return new Promise((done) => {
    execFile(script, { env }, (error, _output, told) => {
      const code = typeof error?.code === "number" ? error.code : 1;
      done(error ? { code, told: told || error.message } : { code: 0, told });
    });
  });
}
