import { resolve } from "node:path";
import { type Keyring, keyring } from "../../state/keyring.js";
import { NotReadable } from "../../state/read-whole.js";
import { OutsideError } from "../model/errors.js";
import { Sensitive } from "../model/value.js";
import { MOST_BYTES, passphraseFrom } from "./passphrase-command.js";
import { readInput } from "./read-input.js";
import { telling } from "./system-files.js";
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
    [`${name}_FILE`, (path) => fromFile(world, path)],
    [
      `${name}_COMMAND`,
      (command) =>
        passphraseFrom({ cwd: world.cwd, env: world.env, command, variable: `${name}_COMMAND` }),
    ],
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

async function fromFile(world: World, path: string): Promise<string> {
  return telling(`read the passphrase file ${path}`, async () => {
    const bytes = await readInput(resolve(world.cwd, path), { most: MOST_BYTES });
    if (bytes) return Buffer.from(bytes).toString("utf8");
    throw new NotReadable("there is no such file", "name the file that has the passphrase");
  });
}

function once(source: Source): Source {
  let answer: Promise<Sensitive> | undefined;
  return () => {
    answer ??= source();
    return answer;
  };
}
