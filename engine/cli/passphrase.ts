import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type Keyring, keyring } from "../../state/keyring.js";
import { OutsideError } from "../model/errors.js";
import { Sensitive } from "../model/value.js";
import type { World } from "./world.js";

const CURRENT = "PORTCULLIS_STATE_PASSPHRASE";
const FORMER = "PORTCULLIS_STATE_OLD_PASSPHRASE";

/** As many characters as OpenTofu asks for. */
const MIN_LENGTH = 16;

/**
 * The keys of states and plans, as the environment says. Throws `usage` where it says two things; a
 * passphrase is asked for when it is needed.
 */
export function stateKeys(world: World): Keyring {
  const [current, former] = [sourceOf(world, CURRENT), sourceOf(world, FORMER)];
  const { random } = world.runtime(world.cwd);
  return keyring({
    ...(current && { current: once(current) }),
    ...(former && { former: once(former) }),
    random: (length) => random.bytes(length),
  });
}

type Source = () => Promise<Sensitive>;

/** Where a passphrase comes from: the variable itself, the file or the command that it names. */
function sourceOf(world: World, name: string): Source | undefined {
  const ways: readonly (readonly [string, (value: string) => Promise<string>])[] = [
    [name, async (value) => value],
    [`${name}_FILE`, (path) => fromFile(resolve(world.cwd, path))],
    [`${name}_COMMAND`, (command) => fromCommand(world, `${name}_COMMAND`, command)],
  ];
  const given = ways.filter(([variable]) => world.env[variable] !== undefined);
  const [first, second] = given;
  if (!first) return undefined;
  const [variable, read] = first;
  if (second) {
    throw new OutsideError("usage", `${variable} and ${second[0]} are both set.`, {
      help: "Unset one of them.",
    });
  }
  const value = world.env[variable] ?? "";
  // An unset secret of a CI system arrives as an empty variable: it must not switch encryption off.
  if (value === "") {
    throw new OutsideError("usage", `${variable} is set and empty.`, {
      help: "Give it a value, or unset it.",
    });
  }
  return async () => checked(await read(value), variable);
}

function checked(text: string, variable: string): Sensitive {
  const passphrase = text.replace(/\r?\n$/u, "");
  const length = [...passphrase].length;
  if (length >= MIN_LENGTH) return new Sensitive(passphrase);
  const got = length === 0 ? "is empty" : `has ${length} characters`;
  throw new OutsideError("usage", `The passphrase of ${variable} ${got}.`, {
    help: `Take one of ${MIN_LENGTH} or more, such as \`openssl rand -base64 32\` prints.`,
  });
}

async function fromFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OutsideError("file-error", `cannot read the passphrase file: ${reason}`, { cause });
  }
}

/** What a program prints. It may ask on the terminal; no shell comes between. */
async function fromCommand(world: World, variable: string, command: string): Promise<string> {
  const [program = "", ...argv] = wordsOf(variable, command);
  const failed = (why: string) =>
    new OutsideError("file-error", `the command of ${variable} (${program}) ${why}`, {
      help: "Run it by hand: it must print the passphrase and exit with 0.",
    });
  return new Promise((settle, reject) => {
    const child = spawn(program, argv, {
      cwd: world.cwd,
      env: { ...world.env },
      stdio: ["inherit", "pipe", "inherit"],
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("error", (error) => reject(failed(`could not be started: ${error.message}`)));
    child.once("close", (code, signal) =>
      code === 0
        ? settle(Buffer.concat(chunks).toString("utf8"))
        : reject(failed(code === null ? `ended by ${signal}` : `exited with ${code}`)),
    );
  });
}

/** A JSON list of words, or words with blanks between them. */
function wordsOf(variable: string, command: string): readonly string[] {
  if (!command.trimStart().startsWith("[")) return command.trim().split(/\s+/u);
  const words = parsed(command);
  if (Array.isArray(words) && words.length > 0 && words.every((it) => typeof it === "string"))
    return words;
  throw new OutsideError("usage", `${variable} is no JSON list of words.`, {
    help: `Write ["pass", "show", "portcullis"], or pass show portcullis.`,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function once(source: Source): Source {
  let answer: Promise<Sensitive> | undefined;
  return () => {
    answer ??= source();
    return answer;
  };
}
