import { parse } from "yaml";
import { OutsideError } from "../../../engine/model/errors.js";
import { parseJsonText } from "../../../engine/model/json-text.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { isObject, type JsonObject, scalarText } from "../../../engine/model/value.js";
import { describeOccupant, occupantOf } from "./delivery.js";
import { describeTarget, type FileTarget, targetsOf } from "./target.js";

/** The log-in with a credential, read from the first place that it was delivered to. Throws `file-error`. */
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
  return { name: scalarText(name), entry: entryIn(target, new TextDecoder().decode(bytes)) };
}

/** The entry of a clouds.yaml that says the same as a delivered file. */
function entryIn({ format, cloud = "" }: FileTarget, text: string): JsonObject {
  switch (format) {
    case "clouds_yaml":
      return within(parse(text), "clouds", cloud);
    case "json": {
      const {
        id,
        secret,
        auth_url,
        name: _name,
        project_id: _project,
        ...rest
      } = within(parseJsonText(text));
      const auth = { application_credential_id: id, application_credential_secret: secret };
      return { ...rest, auth: { auth_url, ...auth } } as JsonObject;
    }
    case "openrc":
    case "env":
      return entryOfLines(text);
  }
}

/** `OS_NAME=value` lines, quoted as this program quotes for a shell. */
function entryOfLines(text: string): JsonObject {
  const lines = text.matchAll(/^(?:export )?OS_([A-Z_]+)=(.*)$/gmu);
  return Object.fromEntries(
    [...lines].map(([, name = "", value = ""]) => [name.toLowerCase(), unquote(value)]),
  );
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
