import type { Address } from "../../../engine/model/address.js";
import type { DecodeContext, Decoded } from "../../../engine/model/decoded.js";
import type { Files } from "../../../engine/model/runtime.js";
import { isValueObject, type Value, type ValueObject } from "../../../engine/model/value.js";
import { outsideMistake } from "../secret/place.js";
import { decodeAccessRules } from "./access-rule.js";
import { decodeTargets } from "./decode-targets.js";
import { decodeExpiry } from "./expiry.js";
import { Mistakes } from "./mistakes.js";
import { findOccupied } from "./occupied.js";
import { type Read, readFlag, readText } from "./reading.js";
import { decodeRoles } from "./role.js";
import { decodeSecret } from "./secret.js";
import { type Targets, targetsOf } from "./target.js";

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
  const writeTo = await decodeTargets(body.write_to, name, mistakes);
  const targets = targetsOf(writeTo);
  await checkPlaces(targets, runtime.files, mistakes);
  const isGenerated = body.secret === undefined || body.secret === null;
  if (isGenerated && goesNowhere(body.write_to)) refuseUndeliverable(mistakes);
  return {
    attributes: {
      ...(name !== undefined && { name }),
      description: readText(body.description, "/description", mistakes) ?? "",
      ...decodeExpiry(body.expires_at, runtime.clock.now(), mistakes),
      ...(roles.roles !== undefined && { roles: roles.roles }),
      unrestricted: decodeUnrestricted(body.unrestricted, mistakes),
      access_rules: accessRules.rules,
      ...(secret !== undefined && { secret }),
      write_to: writeTo,
      ...(await findOccupied(runtime, { address, name: String(name), targets })),
    },
    diagnostics: mistakes.found,
    pointers: { ...roles.pointers, ...accessRules.pointers },
    writes: targets.files.map(({ format, path, cloud }) => ({
      path: runtime.files.resolve(path),
      ...(targets.recipients.length > 0
        ? { isSealed: true }
        : cloud !== undefined && { part: cloud }),
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
    expected: "write_to with a clouds_yaml, openrc, json, env or command",
    help: "Add write_to: { clouds_yaml: clouds.yaml }, or give a secret.",
  });
}

function goesNowhere(value: Value | undefined): boolean {
  if (value === undefined || value === null) return true;
  return isValueObject(value) && Object.keys(value).every((key) => key === "encrypt_to");
}

/** Places whose path leads out of the configuration's folder. */
async function checkPlaces(
  { files: targets }: Targets,
  files: Files,
  mistakes: Mistakes,
): Promise<void> {
  for (const { format, path } of targets) {
    const found = outsideMistake(await files.look(path), path, `/write_to/${format}`);
    for (const mistake of found) mistakes.report(mistake);
  }
}
