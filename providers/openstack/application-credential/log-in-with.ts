import { parse } from "yaml";
import { OutsideError } from "../../../engine/model/errors.js";
import { parseJsonText } from "../../../engine/model/json-text.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { isObject, type Json, type JsonObject, scalarText } from "../../../engine/model/value.js";
import { describeOccupant, occupantOf } from "./delivery.js";
import { describeTarget, type FileTarget, targetsOf } from "./target.js";

/**
 * The log-in with a credential, read from the first place that it was delivered to: of that the secret
 * alone, since the settings say where the cloud is today. Throws `file-error`.
 */
export async function logInWith(existing: JsonObject, runtime: Runtime): Promise<JsonObject> {
  const { id, name } = existing;
  const { files, recipients } = targetsOf(existing.write_to);
  const [target] = files;
  if (!target)
    throw missing(`the secret of the application credential ${name} was delivered to no file`);
  if (recipients.length > 0) {
    throw new OutsideError("file-error", `the secret of ${name} in ${target.path} is encrypted`, {
      help: `Decrypt it (age --decrypt --identity KEY ${target.path}), and log in with that.`,
    });
  }
  const occupant = await occupantOf(runtime.files, target);
  const place = describeTarget(target);
  if (!occupant) throw missing(`the application credential ${name} is not in ${place} any more`);
  if (!("id" in occupant) || occupant.id !== id) {
    throw missing(`${place} holds ${describeOccupant(occupant)} in place of ${name} (${id})`);
  }
  const bytes = await runtime.files.read(target.path);
  const secret = secretIn(target, new TextDecoder().decode(bytes));
  return { credential: { id: scalarText(id), secret: secret ?? null } };
}

function secretIn({ format, cloud = "" }: FileTarget, text: string): Json | undefined {
  switch (format) {
    case "clouds_yaml":
      return within(parse(text), "clouds", cloud, "auth").application_credential_secret;
    case "json":
      return within(parseJsonText(text)).secret;
    case "openrc":
    case "env":
      return lineOf(text, "OS_APPLICATION_CREDENTIAL_SECRET");
  }
}

/** What a `NAME=value` line says, quoted as this program quotes for a shell. */
function lineOf(text: string, wanted: string): string | undefined {
  const lines = [...text.matchAll(/^(?:export )?(OS_[A-Z_]+)=(.*)$/gmu)];
  const [, , value] = lines.find(([, name]) => name === wanted) ?? [];
  return value === undefined ? undefined : unquote(value);
}

function unquote(value: string): string {
  return value.startsWith("'") ? value.slice(1, -1).replaceAll("'\\''", "'") : value;
}

function within(value: unknown, ...keys: readonly string[]): JsonObject {
  let at = value;
  for (const key of keys) at = isObject(at) ? at[key] : undefined;
  return isObject(at) ? (at as JsonObject) : {};
}

function missing(message: string): OutsideError {
  return new OutsideError("file-error", message, {
    help: "Put the file back, or make the credential anew: portcullis apply --replace ADDRESS.",
  });
}
