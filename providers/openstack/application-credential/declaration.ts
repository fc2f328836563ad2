import type { Address } from "../../../engine/model/address.js";
import { OutsideError } from "../../../engine/model/errors.js";
import type { DecodeContext, Decoded } from "../../../engine/model/provider.js";
import type { Files } from "../../../engine/model/runtime.js";
import type { JsonObject, Value, ValueObject } from "../../../engine/model/value.js";
import { decodeAccessRules } from "./access-rule.js";
import { describeOccupant, occupantOf } from "./delivery.js";
import { decodeExpiry } from "./expiry.js";
import { Mistakes } from "./mistakes.js";
import { type Read, readFlag, readText } from "./reading.js";
import { decodeRoles } from "./role.js";
import { decodeSecret } from "./secret.js";
import { decodeTargets, type Target, targetsOf } from "./target.js";

/** Keystone's limit. */
const MAX_NAME = 255;

/** Checks a declaration and brings it to canonical form. */
export async function decode(body: ValueObject, context: DecodeContext): Promise<Decoded> {
  const { address, runtime } = context;
  const mistakes = new Mistakes();
  const name = decodeName(body.name, address, mistakes);
  const roles = decodeRoles(body.roles, mistakes);
  const accessRules = decodeAccessRules(body.access_rules, mistakes);
  const secret = await decodeSecret(body.secret, runtime, mistakes);
  const targets = decodeTargets(body.write_to, name, mistakes);
  const isGenerated = body.secret === undefined || body.secret === null;
  if (isGenerated && isEmpty(body.write_to)) refuseUndeliverable(mistakes);
  return {
    attributes: {
      ...(name !== undefined && { name }),
      description: readText(body.description, "/description", mistakes) ?? "",
      ...decodeExpiry(body.expires_at, runtime.clock.now(), mistakes),
      ...(roles.roles !== undefined && { roles: roles.roles }),
      unrestricted: decodeUnrestricted(body.unrestricted, mistakes),
      access_rules: accessRules.rules,
      ...(secret !== undefined && { secret }),
      write_to: targets,
      ...(await findOccupied(targetsOf(targets), runtime.files)),
    },
    diagnostics: mistakes.found,
    pointers: { ...roles.pointers, ...accessRules.pointers },
    writes: targetsOf(targets).map(({ format, path, cloud }) => ({
      path: runtime.files.resolve(path),
      ...(cloud !== undefined && { part: cloud }),
      pointer: `/write_to/${format}`,
    })),
  };
}

function decodeName(value: Value | undefined, address: Address, mistakes: Mistakes): Read<string> {
  const otherwise = address.key === undefined ? address.name : `${address.name}-${address.key}`;
  const name = readText(value ?? otherwise, "/name", mistakes);
  if (typeof name !== "string") return name;
  if (name.trim() === "" || [...name].length > MAX_NAME) {
    mistakes.error("wrong-value", "/name", "the name is empty or too long", {
      actual: name,
      expected: `1 to ${MAX_NAME} characters that are not all blanks`,
    });
  }
  return name;
}

function decodeUnrestricted(value: Value | undefined, mistakes: Mistakes): Value {
  const unrestricted = readFlag(value, "/unrestricted", mistakes) ?? false;
  if (unrestricted === true) {
    mistakes.warn(
      "unrestricted-credential",
      "/unrestricted",
      "the credential may make and delete application credentials",
      {
        detail: "Whoever gets hold of it can make others, which remain when this one is deleted.",
        help: "Leave unrestricted out unless its job is to manage credentials.",
      },
    );
  }
  return unrestricted;
}

function refuseUndeliverable(mistakes: Mistakes): void {
  mistakes.error("secret-undeliverable", "", "nobody would get to know the generated secret", {
    expected: "write_to with a clouds_yaml, openrc, json or env",
    help: "Add write_to: { clouds_yaml: clouds.yaml }, or give a secret.",
  });
}

function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value === null || JSON.stringify(value) === "{}";
}

/** What stands at the places of delivery: an id of a credential, or words. */
async function findOccupied(
  targets: readonly Target[],
  files: Files,
): Promise<{ readonly occupied?: JsonObject }> {
  const found = await Promise.all(
    targets.map(async (target) => [target.format, await describePlace(target, files)] as const),
  );
  const occupied = found.flatMap(([format, words]) =>
    words === undefined ? [] : [[format, words] as const],
  );
  return occupied.length > 0 ? { occupied: Object.fromEntries(occupied) } : {};
}

async function describePlace(target: Target, files: Files): Promise<string | undefined> {
  try {
    const occupant = await occupantOf(files, target);
    return occupant && ("id" in occupant ? occupant.id : describeOccupant(occupant));
  } catch (error) {
    if (error instanceof OutsideError) return `something unreadable (${error.message})`;
    throw error;
  }
}
