import type { DecodeContext, Decoded } from "../../../engine/model/decoded.js";
import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import { Unknown, type ValueObject } from "../../../engine/model/value.js";
import { outsideMistake } from "../secret/place.js";
import { recipientsAttribute } from "../secret/recipients.js";
import { chooseSource } from "./choose-source.js";
import {
  type Declaration,
  type DecodeRequest,
  readDeclaration,
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
  const declaration = await readDeclaration(body, context.address, report);
  const { name, type } = declaration;
  const source = chooseSource(declaration, report);
  const request = { declaration, context, report };
  await checkPlace(request);
  const key = await decodeKey(source, request);
  return { attributes: { name, type, ...key }, diagnostics, ...writesOf(declaration, context) };
}

function writesOf(
  { sources: { private_key_file: path }, recipients }: Declaration,
  { runtime }: DecodeContext,
): Pick<Decoded, "writes"> {
  if (typeof path !== "string") return {};
  const isSealed = recipients instanceof Unknown || recipients.length > 0;
  const file = { path: runtime.files.resolve(path), pointer: "/private_key_file" };
  return { writes: [{ ...file, ...(isSealed && { isSealed }) }] };
}

async function decodeKey(source: Source | undefined, request: DecodeRequest): Promise<ValueObject> {
  const { type, sources, recipients } = request.declaration;
  if (source === undefined || type instanceof Unknown) return { public_key: new Unknown() };
  if (source === "public_key" || source === "public_key_file") {
    return decodeImported(source, sources[source] ?? new Unknown(), type, request);
  }
  const place = { [source]: sources[source] ?? new Unknown(), ...recipientsAttribute(recipients) };
  return decodeGenerated(place, type, request);
}

/** What is wrong with where the private key is to go. */
async function checkPlace({ declaration, context, report }: DecodeRequest): Promise<void> {
  const { sources, recipients } = declaration;
  const path = sources.private_key_file;
  if (typeof path !== "string") return;
  const place = await context.runtime.files.look(path);
  outsideMistake(place, path, "/private_key_file").forEach(report);
  if (recipients instanceof Unknown || recipients.length === 0 || path.endsWith(".age")) return;
  report({
    severity: "error",
    code: "wrong-value",
    summary: `the name of an encrypted file ends in .age, and ${path} does not`,
    pointer: "/private_key_file",
    help: `write ${path}.age, so that nobody takes it for the key itself`,
  });
}
