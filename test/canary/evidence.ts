import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { allowanceOf, HANDED_ON, TOLD } from "./allowed.js";
import type { Place } from "./place.js";
import type { Ran } from "./program.js";
import { readRecording } from "./recording.js";
import { type Secret, textSecret } from "./secret.js";

/** Whose secrets files hold, by their paths below the scene's root. */
type Owners = Readonly<Record<string, readonly string[]>>;

/** What a scene is about. */
export interface Setting {
  readonly name: string;
  /** The text of work/portcullis.yaml, if any. */
  readonly configuration?: string;
  /** Files that are declared, or written by commands. */
  readonly declared?: Owners;
  /** Files that are encrypted for the identity of the tests, and hold nothing in the open. */
  readonly sealed?: Owners;
}

/** A run and what was seen of it. */
export interface Seen {
  readonly label: string;
  readonly argv: readonly string[];
  readonly ran: Ran;
  readonly env: Readonly<Record<string, string>>;
  /** Where preload.mjs has written. */
  readonly recording: string;
  readonly options: { readonly tells?: readonly string[] };
}

/** What tap writes down of each process that a test starts. */
const OF_TAP = /[/]\.tap[/]processinfo[/]/u;

/** All that was written and printed in a scene. */
export class Evidence {
  /** Each content of each file and stream, once. */
  readonly places = new Map<string, Place>();
  /** How each command line ended. */
  readonly ended: { readonly argv: readonly string[]; readonly code: number | null }[] = [];
  /** Secrets that the program got. */
  readonly tokens: Secret[] = [];
  #last = "";

  constructor(
    readonly setting: Setting,
    readonly root: string,
  ) {}

  /** What the last run has printed. */
  last(): string {
    return this.#last;
  }

  add({ label, argv, ran, env, recording, options }: Seen): void {
    const { code, stdout, stderr } = ran;
    this.ended.push({ argv, code });
    this.#last = `${stdout}\n${stderr}`;
    const told = options.tells && { ...TOLD, owners: options.tells };
    this.#stream(`${label}, standard output`, stdout, told);
    this.#stream(`${label}, standard error`, stderr);
    const { written, spawned, tokens } = readRecording(recording);
    for (const it of tokens) this.tokens.push(textSecret("token", "token", it));
    for (const [path, bytes] of written) if (!OF_TAP.test(path)) this.#file(path, bytes);
    for (const { argv: words, env: given } of spawned) {
      this.#stream(`${label}, arguments of a command`, Buffer.from(words.join("\n")));
      const entries = Object.entries(given);
      const same = entries.filter(([name, it]) => env[name] === it);
      const own = entries.filter(([name, it]) => env[name] !== it);
      this.#stream(`${label}, environment handed on to a command`, lines(same), HANDED_ON);
      this.#stream(`${label}, environment of a command`, lines(own));
    }
    this.look();
  }

  /** Everything that is on the disk now. */
  look(): void {
    const names = readdirSync(this.root, { recursive: true, encoding: "utf8" });
    this.#stream("names of files", Buffer.from(names.join("\n")));
    for (const name of names) {
      const path = join(this.root, name);
      const status = lstatSync(path, { throwIfNoEntry: false });
      if (status?.isFile()) this.#file(path, readFileSync(path), status.mode & 0o777);
    }
  }

  #stream(label: string, bytes: Buffer, allowance?: Place["allowance"]): void {
    const name = `${this.setting.name} ${label}`;
    this.#keep({ name, kind: "stream", bytes, ...(allowance && { allowance }) });
  }

  #file(path: string, bytes: Buffer, mode?: number): void {
    const short = relative(this.root, path);
    const allowance = allowanceOf(short, this.setting.declared ?? {});
    this.#keep({
      name: `${this.setting.name} ${short}`,
      kind: "file",
      bytes,
      ...(mode !== undefined && { mode }),
      ...(allowance && { allowance }),
    });
  }

  #keep(place: Place): void {
    const digest = createHash("sha1").update(place.bytes).digest("hex");
    this.places.set(`${place.kind} ${place.name} ${place.mode} ${digest}`, place);
  }
}

function lines(entries: readonly (readonly [string, string])[]): Buffer {
  return Buffer.from(entries.map((it) => it.join("=")).join("\n"));
}
