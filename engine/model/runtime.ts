import type { Repository } from "./repository.js";

/**
 * What the outside world offers, given to the engine and the providers as arguments:
 * nothing but the command line touches the process, the clock, randomness or the disk.
 */
export interface Runtime {
  readonly clock: Clock;
  readonly random: Random;
  readonly files: Files;
  readonly commands: Commands;
  /** Absent: nobody can be asked what version control keeps. */
  readonly repository?: Repository;
  /** The environment variables of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The operating system by Node's name for it, such as `linux`, `darwin` and `win32`. */
  readonly platform: string;
  /**
   * Told of every request to the cloud and of its answer, without secrets: a headline and what
   * belongs to it. Absent where nobody looks.
   */
  trace?(lines: readonly string[]): void;
  /** Told in a sentence why nothing happens for a while. Absent where nobody looks. */
  tell?(message: string): void;
  /**
   * Asked before each request that changes something in the cloud; throws where this run may not
   * any more. Absent where nothing can take that from it.
   */
  permit?(): Promise<void>;
  /** Asks the user on a terminal, who does not see a secret while typing it; absent where nobody can be asked. */
  ask?(question: string, options: { readonly secret: boolean }): Promise<string>;
}

export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export interface Random {
  /** So many bytes of cryptographic quality. */
  bytes(length: number): Uint8Array;
  /** A random UUID (version 4). */
  uuid(): string;
}

/** Other programs of this machine. */
export interface Commands {
  /**
   * Runs a command without a shell, in the configuration's folder, and gives it a secret on its
   * standard input. Throws `command-failed` where it cannot be started, ends with anything but 0,
   * or has not ended in time. What it prints is told to nobody.
   */
  feed(command: readonly string[], secret: string): Promise<void>;
}

/** What stands at the place of a secret. */
export type Place =
  | { readonly kind: "nothing" }
  | {
      readonly kind: "file";
      readonly bytes: Uint8Array;
      /** Whether others than its owner may reach it. */
      readonly exposed: boolean;
    }
  /** What no secret is read from or written over, in words: `a symbolic link`. */
  | { readonly kind: "taken"; readonly what: string }
  /** A relative path that leads out of the configuration's folder; `real` is where to. */
  | { readonly kind: "outside"; readonly real: string };

/** Files by a path relative to the configuration's folder; `~/` is the user's home. */
export interface Files {
  /** The bytes of a file; undefined where there is none. Throws where it cannot be read. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** The names in a folder; undefined where there is no folder. Throws where it cannot be read. */
  list(path: string): Promise<readonly string[] | undefined>;
  /** What stands at the place of a secret. No link is followed but in an absolute path's folders. */
  look(path: string): Promise<Place>;
  /**
   * Makes a file of mode 0600, whole or not at all, on disk (fsync of file and folder) when it
   * resolves. Answers false, and leaves what is there, where the path is taken. Throws `file-error`
   * where a relative path leads out of the configuration's folder.
   */
  createSecret(path: string, content: string): Promise<boolean>;
  /** As {@link Files.createSecret}, but takes the place of a file. Throws `file-error` for anything else. */
  replaceSecret(path: string, content: string): Promise<void>;
  /** Removes a file, durably when it resolves; nothing where there is none. */
  remove(path: string): Promise<void>;
  /** The absolute form of a path, for messages. */
  resolve(path: string): string;
  /** The absolute paths whose files this run may put a new secret in the place of. */
  readonly replaceable: ReadonlySet<string>;
  /** Whether an absolute path is the program's own, so that no secret may go there; absent: none is. */
  isOwn?(path: string): boolean;
}
