import { Unknown, type ValueObject } from "../../../engine/model/value.js";
import type { KeyPairType } from "./algorithm.js";
import { keyAttributes } from "./attributes.js";
import { parseCertificate } from "./certificate.js";
import type { DecodeRequest } from "./declaration.js";
import { readKeyFile } from "./key-file.js";
import type { KeyProblem, PublicKey } from "./public-key.js";
import { parseSshKey } from "./ssh-text.js";

type ImportSource = "public_key" | "public_key_file";

/** A key that the user has: its public half is given, as text or in a file. */
export async function decodeImported(
  source: ImportSource,
  value: string | Unknown,
  type: KeyPairType,
  request: DecodeRequest,
): Promise<ValueObject> {
  const { algorithm } = request.declaration;
  const unknown = { ...(algorithm !== undefined && { algorithm }), public_key: new Unknown() };
  if (value instanceof Unknown) return { ...unknown, public_key: value };
  const text = source === "public_key" ? value : await readText(value, request);
  if (text === undefined) return unknown;
  const parsed = type === "ssh" ? parseSshKey(text) : parseCertificate(text);
  if (parsed.kind === "problem") {
    reportProblem(source, value, parsed.problem, request);
    return unknown;
  }
  checkAlgorithm(parsed.key, request);
  checkStrength(source, parsed.key, request);
  const { comment } = parsed.key;
  return { ...keyAttributes(parsed.key), ...(comment !== undefined && { comment }) };
}

async function readText(
  path: string,
  { context, report }: DecodeRequest,
): Promise<string | undefined> {
  const file = await readKeyFile(context.runtime.files, path);
  if (file.kind === "text") return file.text;
  report({
    severity: "error",
    code: "file-missing",
    summary: file.kind === "missing" ? `${path} does not exist` : file.why,
    pointer: "/public_key_file",
    actual: context.runtime.files.resolve(path),
    help: "give the path of a public key, relative to the folder of the configuration",
  });
  return undefined;
}

/** Says what is wrong with a key, and never what it is: it may be a secret. */
function reportProblem(
  source: ImportSource,
  value: string,
  { problem, help }: KeyProblem,
  { report }: DecodeRequest,
): void {
  const isPath =
    source === "public_key" && /^(?:~|\.{1,2})?\/[^\s]+$|^\S{1,200}\.pub$/u.test(value);
  report({
    severity: "error",
    code: "bad-public-key",
    summary: `${source === "public_key" ? "`public_key`" : value} ${problem}`,
    pointer: `/${source}`,
    help: isPath ? "name a file as `public_key_file`" : help,
  });
}

function checkAlgorithm({ algorithm }: PublicKey, { declaration, report }: DecodeRequest): void {
  const declared = declaration.algorithm;
  if (typeof declared !== "string" || declared === algorithm) return;
  report({
    severity: "error",
    code: "wrong-value",
    summary: "the key is of another algorithm",
    pointer: "/algorithm",
    actual: declared,
    expected: algorithm,
    help: "leave `algorithm` out: a key that is given has its own",
  });
}

function checkStrength(
  source: ImportSource,
  { algorithm }: PublicKey,
  { report }: DecodeRequest,
): void {
  const bits = /^rsa-(\d+)$/u.exec(algorithm)?.[1];
  if (bits === undefined || Number(bits) >= 2048) return;
  report({
    severity: "warning",
    code: "weak-key",
    summary: `an RSA key of ${bits} bits is refused by current servers`,
    pointer: `/${source}`,
    help: "use an ed25519 key",
  });
}
