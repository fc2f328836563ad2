import {
  isValueObject,
  type JsonObject,
  Unknown,
  type Value,
  type ValueObject,
} from "../../../engine/model/value.js";
import type { Mistakes } from "./mistakes.js";
import { type Read, readMapping, readText } from "./reading.js";

/** The kinds of file in which a secret is delivered. */
const FORMATS = ["clouds_yaml", "openrc", "json", "env"] as const;
export type Format = (typeof FORMATS)[number];

/** A place where a secret is delivered. */
export interface Target {
  readonly format: Format;
  /** Relative to the configuration's folder. */
  readonly path: string;
  /** The entry of a clouds.yaml; no other format has it. */
  readonly cloud?: string;
}

/** Reads `write_to`: a mapping from the format to `{path}`, or `{path, cloud}` for a clouds.yaml. */
export function decodeTargets(
  value: Value | undefined,
  name: Read<string>,
  mistakes: Mistakes,
): ValueObject | Unknown {
  const declared = readMapping(value, "/write_to", mistakes);
  if (declared === undefined) return {};
  if (declared instanceof Unknown) return declared;
  const targets = FORMATS.flatMap((format) => {
    const target = decodeTarget(format, declared[format], name, mistakes);
    return target ? [[format, target] as const] : [];
  });
  refuseTwins(targets, mistakes);
  return Object.fromEntries(targets);
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

function refuseTwins(
  targets: readonly (readonly [Format, ValueObject])[],
  mistakes: Mistakes,
): void {
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

/** The places of a canonical `write_to`; those that are not known yet are left out. */
export function targetsOf(value: Value | undefined): readonly Target[] {
  if (!isValueObject(value)) return [];
  return FORMATS.flatMap((format): readonly Target[] => {
    const target = value[format];
    if (!isValueObject(target) || typeof target.path !== "string") return [];
    const { path, cloud } = target;
    if (format !== "clouds_yaml") return [{ format, path }];
    return typeof cloud === "string" ? [{ format, path, cloud }] : [];
  });
}

/** The canonical `write_to` of some places. */
export function targetsAttribute(targets: readonly Target[]): JsonObject {
  return Object.fromEntries(targets.map(({ format, ...target }) => [format, { ...target }]));
}

/** A place in words: `ci.env`, or `clouds.yaml (cloud ci)`. */
export function describeTarget({ path, cloud }: Omit<Target, "format">): string {
  return cloud === undefined ? path : `${path} (cloud ${cloud})`;
}
