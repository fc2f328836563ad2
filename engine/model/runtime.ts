/**
 * What the outside world offers, given to the engine and the providers as arguments:
 * nothing but the command line touches the process, the clock, randomness or the disk.
 */
export interface Runtime {
  readonly clock: Clock;
  readonly random: Random;
  readonly files: Files;
  /** The environment variables of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The operating system by Node's name for it, such as `linux`, `darwin` and `win32`. */
  readonly platform: string;
  /**
   * Told of every request to the cloud and of its answer, without secrets: a headline and what
   * belongs to it. Absent where nobody looks.
   */
  trace?(lines: readonly string[]): void;
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

/** Files by a path relative to the configuration's folder; `~/` is the user's home. */
export interface Files {
  /** The bytes of a file; undefined where there is none. Throws where it cannot be read. */
  read(path: string): Promise<Uint8Array | undefined>;
  /**
   * Makes a file of mode 0600, whole or not at all, on disk (fsync of file and folder) when it
   * resolves. Answers false, and leaves what is there, where the path is taken.
   */
  createSecret(path: string, content: string): Promise<boolean>;
  /** As {@link Files.createSecret}, but takes the place of what is there. */
  replaceSecret(path: string, content: string): Promise<void>;
  /** Removes a file, durably when it resolves; nothing where there is none. */
  remove(path: string): Promise<void>;
  /** The absolute form of a path, for messages. */
  resolve(path: string): string;
}
