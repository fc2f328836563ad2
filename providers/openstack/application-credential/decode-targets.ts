import {
  isValueObject,
  Unknown,
  type Value,
  type ValueObject,
} from "../../../engine/model/value.js";
import { decodeCommand } from "../secret/command.js";
import { decodeRecipients } from "../secret/recipients.js";
import type { Mistakes } from "./mistakes.js";
import { type Read, readMapping, readText } from "./reading.js";
import { FORMATS, type Format } from "./target.js";

/**
 * Reads `write_to` to a mapping from the format to `{path}`, or `{path, cloud}` for a clouds.yaml;
 * with `command: {command}` and `encrypt_to: {recipients}`.
 */
export async function decodeTargets(
  value: Value | undefined,
  name: Read<string>,
  mistakes: Mistakes,
): Promise<ValueObject | Unknown> {
  const declared = readMapping(value, "/write_to", mistakes);
  if (declared === undefined) return {};
  if (declared instanceof Unknown) return declared;
  const report = mistakes.report.bind(mistakes);
  const recipients = await decodeRecipients(declared.encrypt_to, "/write_to/encrypt_to", report);
  const command = decodeCommand(declared.command, "/write_to/command", report);
  const targets = FORMATS.flatMap((format) => {
    const target = decodeTarget(format, declared[format], name, mistakes);
    return target ? [[format, target] as const] : [];
  });
  refuseTwins(targets, mistakes);
  const isSealed = recipients instanceof Unknown || recipients.length > 0;
  if (isSealed) refuseBareNames(targets, mistakes);
  return {
    ...Object.fromEntries(targets),
    ...(command !== undefined && { command: { command } }),
    ...(isSealed && { encrypt_to: { recipients } }),
  };
}

function decodeTarget(
  format: Format,
  value: Value | undefined,
  name: Read<string>,
  mistakes: Mistakes,
): ValueObject | undefined {
  if (value === undefined || value === null) return undefined;
  const at = `/write_to/${format}`;
  const { path, cloud } = readPlace(format, value, at, mistakes);
  if (path === "" || cloud === "") {
    mistakes.error("wrong-value", at, "a path or name to write the secret to is empty");
  }
  if (path === undefined) return undefined;
  return format === "clouds_yaml" ? { path, cloud: cloud ?? name ?? "openstack" } : { path };
}

function readPlace(
  format: Format,
  value: Value,
  at: string,
  mistakes: Mistakes,
): { readonly path: Read<string>; readonly cloud?: Read<string> } {
  if (format !== "clouds_yaml" || !isValueObject(value)) {
    return { path: readText(value, at, mistakes) };
  }
  const path = readText(value.path, `${at}/path`, mistakes);
  if (value.path === undefined || value.path === null) {
    mistakes.error("missing-key", at, "path is missing", { expected: "{path, cloud}" });
  }
  return { path, cloud: readText(value.cloud, `${at}/cloud`, mistakes) };
}

type Declared = readonly (readonly [Format, ValueObject])[];

function refuseTwins(targets: Declared, mistakes: Mistakes): void {
  const seen = new Map<Value | undefined, Format>();
  for (const [format, { path }] of targets) {
    const twin = path instanceof Unknown ? undefined : seen.get(path);
    if (twin !== undefined) {
      mistakes.error("wrong-value", `/write_to/${format}`, "two formats go to the same file", {
        related: [{ message: "the other format", pointer: `/write_to/${twin}` }],
        help: "Give each its own path.",
      });
    }
    seen.set(path, format);
  }
}

/** A file that nobody takes for what it holds, and that is no YAML of the configuration. */
function refuseBareNames(targets: Declared, mistakes: Mistakes): void {
  for (const [format, { path }] of targets) {
    if (typeof path !== "string" || path.endsWith(".age")) continue;
    const summary = `the name of an encrypted file ends in .age, and ${path} does not`;
    mistakes.error("wrong-value", `/write_to/${format}`, summary, { help: `Write ${path}.age.` });
  }
}
