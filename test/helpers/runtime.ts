import { createHash } from "node:crypto";
import type { Runtime } from "../../engine/model/runtime.js";

/** A world without a machine: files in memory, a clock that stands still, repeatable randomness. */
export interface TestRuntime extends Runtime {
  /** Path to content; tests put files in and look at what was written. */
  readonly disk: Map<string, Uint8Array>;
  /** The files written as secrets. */
  readonly secrets: Set<string>;
  /** What commands were given: the command and the text. */
  readonly fed: (readonly [command: readonly string[], secret: string])[];
  /** Absolute paths whose files may be replaced. */
  readonly replaceable: Set<string>;
  /** Is told of each write, and of each command, before and after; may throw. */
  onWrite: (moment: "before" | "after") => void;
  /** Moves the clock. */
  setTime(time: string): void;
  /** The content of a file as text. */
  text(path: string): string | undefined;
}

export interface TestRuntimeOptions {
  /** Defaults to 2026-11-23T12:00:00Z. */
  readonly now?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Defaults to linux. */
  readonly platform?: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

export function testRuntime(options: TestRuntimeOptions = {}): TestRuntime {
  let now = new Date(options.now ?? "2026-11-23T12:00:00Z");
  let drawn = 0;
  const encoder = new TextEncoder();
  const encode = (content: string | Uint8Array) =>
    typeof content === "string" ? encoder.encode(content) : content;
  const disk = new Map(
    Object.entries(options.files ?? {}).map(([path, content]) => [path, encode(content)]),
  );
  const secrets = new Set<string>();
  const fed: TestRuntime["fed"] = [];
  const replaceable = new Set<string>();
  const block = () => createHash("sha256").update(`draw ${drawn++}`).digest();
  const write = (path: string, content: string) => {
    disk.set(path, encode(content));
    secrets.add(path);
  };
  const watched = async <T>(work: () => T): Promise<T> => {
    runtime.onWrite("before");
    const result = work();
    runtime.onWrite("after");
    return result;
  };
  const runtime: TestRuntime = {
    onWrite: () => {},
    disk,
    secrets,
    fed,
    replaceable,
    env: options.env ?? {},
    platform: options.platform ?? "linux",
    setTime: (time) => {
      now = new Date(time);
    },
    text: (path) => {
      const bytes = disk.get(path);
      return bytes && new TextDecoder().decode(bytes);
    },
    clock: { now: () => now, sleep: async () => {} },
    random: {
      bytes: (length) => {
        const blocks: Buffer[] = [];
        for (let size = 0; size < length; size += 32) blocks.push(block());
        return Uint8Array.from(Buffer.concat(blocks).subarray(0, length));
      },
      uuid: () =>
        block()
          .toString("hex")
          .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/u, "$1-$2-4$3-8$4-$5"),
    },
    commands: {
      feed: (command, secret) =>
        watched(() => {
          fed.push([command, secret]);
        }),
    },
    files: {
      replaceable,
      read: async (path) => disk.get(path),
      list: async (path) => {
        const names = [...disk.keys()].flatMap((it) =>
          it.startsWith(`${path}/`) ? [it.slice(path.length + 1).replace(/\/.*/u, "")] : [],
        );
        return names.length > 0 ? [...new Set(names)] : undefined;
      },
      look: async (path) => {
        const bytes = disk.get(path);
        return bytes ? { kind: "file", bytes, exposed: false } : { kind: "nothing" };
      },
      createSecret: (path, content) =>
        watched(() => {
          if (disk.has(path)) return false;
          write(path, content);
          return true;
        }),
      replaceSecret: (path, content) => watched(() => write(path, content)),
      remove: (path) =>
        watched(() => {
          disk.delete(path);
        }),
      resolve: (path) => (path.startsWith("/") ? path : `/work/${path}`),
    },
  };
  return runtime;
}
