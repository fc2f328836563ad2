import { commandText } from "../../../engine/model/delivery-text.js";
import { isValueObject, type JsonObject, type Value } from "../../../engine/model/value.js";
import { commandOf } from "../secret/command.js";
import { recipientsOf } from "../secret/recipients.js";

/** The kinds of file in which a secret is delivered. */
export const FORMATS = ["clouds_yaml", "openrc", "json", "env"] as const;
export type Format = (typeof FORMATS)[number];

/** A file in which a secret is delivered. */
export interface FileTarget {
  readonly format: Format;
  /** Relative to the configuration's folder. */
  readonly path: string;
  /** The entry of a clouds.yaml; no other format has it. */
  readonly cloud?: string;
}

/** A command that is given a secret on its standard input, as `json` has it. */
export interface CommandTarget {
  readonly format: "command";
  readonly command: readonly string[];
}

/** Where a secret is delivered. */
export interface Targets {
  readonly files: readonly FileTarget[];
  readonly command?: CommandTarget;
  /** To whom everything that is delivered is encrypted; empty: it is not. */
  readonly recipients: readonly string[];
}

/** The places of a canonical `write_to`; those that are not known yet are left out. */
export function targetsOf(value: Value | undefined): Targets {
  if (!isValueObject(value)) return { files: [], recipients: [] };
  const files = FORMATS.flatMap((format): readonly FileTarget[] => {
    const target = value[format];
    if (!isValueObject(target) || typeof target.path !== "string") return [];
    const { path, cloud } = target;
    if (format !== "clouds_yaml") return [{ format, path }];
    return typeof cloud === "string" ? [{ format, path, cloud }] : [];
  });
  const { command: given, encrypt_to: sealed } = value;
  const command = isValueObject(given) ? commandOf(given.command) : undefined;
  return {
    files,
    ...(command && { command: { format: "command", command } }),
    recipients: isValueObject(sealed) ? recipientsOf(sealed.recipients) : [],
  };
}

/** The canonical `write_to` of some places. */
export function targetsAttribute({ files, command, recipients }: Targets): JsonObject {
  return {
    ...Object.fromEntries(files.map(({ format, ...target }) => [format, { ...target }])),
    ...(command && { command: { command: [...command.command] } }),
    ...(recipients.length > 0 && { encrypt_to: { recipients: [...recipients] } }),
  };
}

/** Where the secret of a remembered credential is, or an interrupted run may have put it. */
export function knownTargets({ write_to: delivered, undelivered }: JsonObject): Targets {
  const targets = targetsOf(delivered);
  return isNowhere(targets) ? targetsOf(undelivered) : targets;
}

/** Whether a secret goes nowhere. */
export function isNowhere({ files, command }: Targets): boolean {
  return files.length === 0 && !command;
}

/** A place in words: `ci.env`, `clouds.yaml (cloud ci)`, or `the command vault kv put ...`. */
export function describeTarget(target: Omit<FileTarget, "format"> | CommandTarget): string {
  if ("command" in target) return `the command ${commandText(target.command)}`;
  const { path, cloud } = target;
  return cloud === undefined ? path : `${path} (cloud ${cloud})`;
}

/** All places in words. */
export function describeTargets({ files, command }: Targets): readonly string[] {
  return [...files, ...(command ? [command] : [])].map(describeTarget);
}
