import type { Address } from "../../../engine/model/address.js";
import type { DecodeContext } from "../../../engine/model/decoded.js";
import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import { Sensitive, Unknown, type Value, type ValueObject } from "../../../engine/model/value.js";
import { decodeCommand } from "../secret/command.js";
import { decodeRecipients } from "../secret/recipients.js";
import type { KeyPairType } from "./algorithm.js";
import { defaultName, nameProblem } from "./name.js";

/** A text, or one that apply will know, or none. */
type Field = string | Unknown | undefined;

/** Where the public key comes from. */
export const SOURCES = [
  "private_key_file",
  "private_key_command",
  "public_key",
  "public_key_file",
] as const;
export type Source = (typeof SOURCES)[number];

/** The body of a declaration, each value of the right type. */
export interface Declaration {
  readonly name: string | Unknown;
  readonly type: KeyPairType | Unknown;
  readonly algorithm: Field;
  readonly sources: Sources;
  /** To whom a generated private key is encrypted; empty: it is not. */
  readonly recipients: readonly string[] | Unknown;
}

type Sources = Readonly<
  Partial<Record<Exclude<Source, "private_key_command">, string | Unknown>> & {
    private_key_command?: readonly string[] | Unknown;
  }
>;

/** What the parts of decoding share. */
export interface DecodeRequest {
  readonly declaration: Declaration;
  readonly context: DecodeContext;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** Reads the body of a declaration; what is wrong is reported and left out. */
export async function readDeclaration(
  body: ValueObject,
  address: Address,
  report: (diagnostic: Diagnostic) => void,
): Promise<Declaration> {
  const read = (key: string) => readField(body[key], key, report);
  const name = read("name") ?? defaultName(address);
  const problem = typeof name === "string" ? nameProblem(name) : undefined;
  if (problem) report(badName(problem, name));
  const sources = SOURCES.map((source) => {
    const isCommand = source === "private_key_command";
    const value = body[source];
    return [source, isCommand ? decodeCommand(value, `/${source}`, report) : read(source)] as const;
  });
  return {
    name,
    type: readType(read("type") ?? "ssh", report),
    algorithm: read("algorithm"),
    sources: Object.fromEntries(sources.filter(([, value]) => value !== undefined)),
    recipients: await decodeRecipients(body.encrypt_to, "/encrypt_to", report),
  };
}

function readField(
  value: Value | undefined,
  key: string,
  report: (diagnostic: Diagnostic) => void,
): Field {
  if (typeof value === "string" || value instanceof Unknown) return value;
  if (value === undefined || value === null) return undefined;
  const secret = value instanceof Sensitive;
  report({
    severity: "error",
    code: "wrong-type",
    summary: secret ? `\`${key}\` is sensitive, and is kept in the state` : `\`${key}\` is no text`,
    pointer: `/${key}`,
    expected: "a text",
    ...(secret && { help: "take it from a variable that is not sensitive" }),
  });
  return undefined;
}

function readType(
  value: string | Unknown,
  report: (diagnostic: Diagnostic) => void,
): KeyPairType | Unknown {
  if (value === "ssh" || value === "x509" || value instanceof Unknown) return value;
  report({
    severity: "error",
    code: "wrong-value",
    summary: "key pairs have no such type",
    pointer: "/type",
    actual: value,
    expected: "ssh or x509",
  });
  return new Unknown();
}

function badName(problem: string, name: string | Unknown): Diagnostic {
  return {
    severity: "error",
    code: "bad-key-name",
    summary: problem,
    pointer: "/name",
    actual: String(name),
    expected: "1 to 255 ASCII letters, digits, blanks and `_ - @ .`, no blank at either end",
    help: "give a `name` that Nova takes",
  };
}
