import type { Random, Runtime } from "../../../engine/model/runtime.js";
import { Sensitive, Unknown, type Value, type ValueObject } from "../../../engine/model/value.js";
import type { Mistakes } from "./mistakes.js";
import { readMapping, readText } from "./reading.js";

/** bcrypt, Keystone's default hash, looks at no more; the rest would be ignored without a word. */
const MAX_SECRET_BYTES = 72;

/** 48 bytes are 64 characters, so that all of the randomness is compared. */
const GENERATED_BYTES = 48;

/** A new secret: 64 url-safe characters. */
export function generateSecret(random: Random): string {
  return Buffer.from(random.bytes(GENERATED_BYTES)).toString("base64url");
}

/**
 * Reads `secret`: undefined where one is to be generated. A file or variable that is not there
 * gives an Unknown without reference: it matters only where the secret is needed.
 */
export async function decodeSecret(
  value: Value | undefined,
  runtime: Runtime,
  mistakes: Mistakes,
): Promise<Sensitive | Unknown | undefined> {
  if (value === undefined || value === null || value instanceof Unknown) return value ?? undefined;
  if (value instanceof Sensitive) return checked(value.reveal(), "/secret", mistakes);
  if (typeof value === "string") {
    mistakes.error("wrong-value", "/secret", "a secret may not stand in the configuration", {
      expected: "{env: VARIABLE} or {file: PATH}",
      help: "Name an environment variable or a file that holds it, take it from a sensitive variable, or leave it out to have one generated.",
    });
    return undefined;
  }
  const mapping = readMapping(value, "/secret", mistakes, "{env: VARIABLE} or {file: PATH}");
  if (mapping === undefined || mapping instanceof Unknown) return mapping;
  return fromSource(mapping, runtime, mistakes);
}

async function fromSource(
  { env, file }: ValueObject,
  runtime: Runtime,
  mistakes: Mistakes,
): Promise<Sensitive | Unknown | undefined> {
  const variable = readText(env, "/secret/env", mistakes);
  const path = readText(file, "/secret/file", mistakes);
  if ((variable === undefined) === (path === undefined)) {
    mistakes.error("wrong-value", "/secret", "a secret comes from one place", {
      expected: "either env or file",
    });
    return undefined;
  }
  if (typeof variable === "string") {
    const content = runtime.env[variable];
    return content === undefined ? new Unknown() : checked(content, "/secret/env", mistakes);
  }
  return typeof path === "string" ? fromFile(path, runtime, mistakes) : new Unknown();
}

async function fromFile(
  path: string,
  runtime: Runtime,
  mistakes: Mistakes,
): Promise<Sensitive | Unknown | undefined> {
  const bytes = await runtime.files.read(path);
  if (bytes === undefined) return new Unknown();
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return checked(text.replace(/\r?\n$/u, ""), "/secret/file", mistakes);
  } catch {
    mistakes.error("wrong-value", "/secret/file", `the secret in ${path} is not UTF-8 text`);
    return undefined;
  }
}

function checked(secret: unknown, at: string, mistakes: Mistakes): Sensitive | undefined {
  if (typeof secret !== "string") {
    mistakes.error("wrong-type", at, "the secret is not a text", { expected: "a text" });
    return undefined;
  }
  const bytes = Buffer.byteLength(secret, "utf8");
  if (bytes > MAX_SECRET_BYTES) {
    mistakes.error("secret-too-long", at, `the secret has ${bytes} bytes`, {
      detail: `Keystone compares the first ${MAX_SECRET_BYTES} bytes only: whoever knows these could log in.`,
      expected: `at most ${MAX_SECRET_BYTES} bytes`,
      help: "Use a shorter secret, or leave it out to have one generated.",
    });
    return undefined;
  }
  if (secret === "" || /\p{Cc}/u.test(secret)) {
    mistakes.error("wrong-value", at, "the secret is empty or has control characters", {
      expected: `1 to ${MAX_SECRET_BYTES} bytes of printable text`,
      help: "Look for stray line ends in it, or leave it out to have one generated.",
    });
    return undefined;
  }
  return new Sensitive(secret);
}
