import { promises } from "node:fs";
import { open } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import type { Test } from "tap";

/** What was asked of the disk. */
export interface DiskCalls {
  /** Calls that change names or make content durable, and those that open files, by name. */
  readonly counts: Readonly<Record<string, number>>;
  /** Bytes written. */
  readonly written: number;
  /** Bytes read whole. */
  readonly read: number;
}

const BY_NAME = ["open", "rename", "rm", "link", "readdir", "realpath", "chmod"] as const;

/** Counts all that this process asks of the disk by `node:fs/promises`, which goes on as ever. */
export async function countDiskCalls(t: Test, folder: string): Promise<() => DiskCalls> {
  const counts: Record<string, number> = {};
  let [written, read] = [0, 0];
  const note = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  for (const name of BY_NAME) {
    const original = promises[name];
    const counted = (...args: readonly unknown[]) => {
      note(name);
      return Reflect.apply(original, promises, args);
    };
    Object.assign(promises, { [name]: counted });
    t.teardown(() => Object.assign(promises, { [name]: original }));
  }
  const probe = await open(folder, "r");
  const handle: object = Object.getPrototypeOf(probe);
  await probe.close();
  for (const name of ["sync", "datasync", "writeFile", "appendFile", "write", "readFile"]) {
    const original: unknown = Reflect.get(handle, name);
    if (typeof original !== "function") throw new Error(`FileHandle has no ${name}`);
    const counted = async function counted(this: unknown, ...args: readonly unknown[]) {
      note(name);
      const [content] = args;
      if (name !== "readFile" && (typeof content === "string" || content instanceof Uint8Array))
        written += Buffer.byteLength(content);
      const answer: unknown = await Reflect.apply(original, this, args);
      if (name === "readFile" && answer instanceof Uint8Array) read += answer.length;
      return answer;
    };
    Reflect.set(handle, name, counted);
    t.teardown(() => Reflect.set(handle, name, original));
  }
  syncBuiltinESMExports();
  t.teardown(() => syncBuiltinESMExports());
  return () => {
    const calls = { counts: { ...counts }, written, read };
    for (const name of Object.keys(counts)) delete counts[name];
    [written, read] = [0, 0];
    return calls;
  };
}
