import { promises } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import type { Test } from "tap";

/** All that this process writes to files by handles of `node:fs/promises`, also what is gone later: by path. */
export async function recordWritten(t: Test, folder: string): Promise<ReadonlyMap<string, string>> {
  const written = new Map<string, string>();
  const paths = new WeakMap<object, string>();
  const original = promises.open;
  const opening = async (...args: Parameters<typeof original>): Promise<FileHandle> => {
    const handle = await original(...args);
    paths.set(handle, String(args[0]));
    return handle;
  };
  Object.assign(promises, { open: opening });
  const probe = await original(folder, "r");
  const prototype: object = Object.getPrototypeOf(probe);
  await probe.close();
  for (const name of ["writeFile", "appendFile", "write"]) {
    const write: unknown = Reflect.get(prototype, name);
    if (typeof write !== "function") throw new Error(`FileHandle has no ${name}`);
    const recording = function recording(this: object, content: unknown, ...rest: unknown[]) {
      const path = paths.get(this) ?? "a file";
      const text = Buffer.from(content as string | Uint8Array).toString("latin1");
      written.set(path, `${written.get(path) ?? ""}${text}`);
      return Reflect.apply(write, this, [content, ...rest]);
    };
    Reflect.set(prototype, name, recording);
    t.teardown(() => Reflect.set(prototype, name, write));
  }
  syncBuiltinESMExports();
  t.teardown(() => {
    Object.assign(promises, { open: original });
    syncBuiltinESMExports();
  });
  return written;
}
