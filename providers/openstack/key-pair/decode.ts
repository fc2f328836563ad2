import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import type { DecodeContext, Decoded } from "../../../engine/model/provider.js";
import { Unknown, type ValueObject } from "../../../engine/model/value.js";
import {
  type Declaration,
  type DecodeRequest,
  readDeclaration,
  SOURCES,
  type Source,
} from "./declaration.js";
import { decodeGenerated } from "./generated.js";
import { decodeImported } from "./imported.js";

/** Checks a declaration, reads the key that it names, and brings it to canonical form. */
export async function decodeKeyPair(body: ValueObject, context: DecodeContext): Promise<Decoded> {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => {
    diagnostics.push(diagnostic);
  };
  const declaration = readDeclaration(body, context.address, report);
  const { name, type } = declaration;
  const source = chooseSource(declaration, report);
  const key = await decodeKey(source, { declaration, context, report });
  return { attributes: { name, type, ...key }, diagnostics, ...writesOf(declaration, context) };
}

function writesOf(
  { sources: { private_key_file: path } }: Declaration,
  { runtime }: DecodeContext,
): Pick<Decoded, "writes"> {
  if (typeof path !== "string") return {};
  return { writes: [{ path: runtime.files.resolve(path), pointer: "/private_key_file" }] };
}

async function decodeKey(source: Source | undefined, request: DecodeRequest): Promise<ValueObject> {
  const { type, sources } = request.declaration;
  if (source === undefined || type instanceof Unknown) return { public_key: new Unknown() };
  const value = sources[source] ?? new Unknown();
  return source === "private_key_file"
    ? decodeGenerated(value, type, request)
    : decodeImported(source, value, type, request);
}

function chooseSource(
  { sources }: Declaration,
  report: (diagnostic: Diagnostic) => void,
): Source | undefined {
  const [source, ...more] = SOURCES.filter((it) => sources[it] !== undefined);
  if (source === undefined) {
    report({
      severity: "error",
      code: "missing-key",
      summary: "nothing says which key this is",
      expected: "one of `private_key_file`, `public_key` and `public_key_file`",
      help:
        "give `private_key_file: NAME.pem` to have a key generated here and delivered there, " +
        "or `public_key_file: NAME.pub` to use a key that you have",
    });
    return undefined;
  }
  if (more.length === 0) return source;
  report({
    severity: "error",
    code: "wrong-value",
    summary: `\`${source}\` and ${more.map((it) => `\`${it}\``).join(" and ")} exclude each other`,
    pointer: `/${more[0]}`,
    related: [{ message: "the other is here", pointer: `/${source}` }],
    help:
      source === "private_key_file"
        ? "keep `private_key_file` to have a key generated, or the other to use a key that you have"
        : "keep the one that holds the key",
  });
  return undefined;
}
