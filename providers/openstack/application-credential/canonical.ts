import { compareTexts } from "../../../engine/model/address.js";
import { isObject, type Json, type JsonObject, scalarText } from "../../../engine/model/value.js";
import { formatDuration, parseDuration } from "./expiry.js";
import { observed } from "./observed.js";
import { FORMATS, targetsAttribute, targetsOf } from "./target.js";

/** What is remembered of a credential, as Keystone would tell it now, with what only the state knows. */
export function canonicalCredential(existing: JsonObject): JsonObject {
  const { expires_in: duration, secret_fingerprint: mark, write_to: places } = existing;
  const { requested_roles: asked, sealed, undelivered } = existing;
  return {
    ...observed(asKeystoneTells(existing)).attributes,
    ...(duration !== undefined && { expires_in: canonicalDuration(duration) }),
    ...(asked !== undefined && { requested_roles: canonicalNames(asked) }),
    ...(mark !== undefined && { secret_fingerprint: scalarText(mark) }),
    ...(places !== undefined && { write_to: targetsAttribute(targetsOf(places)) }),
    ...(undelivered !== undefined && { undelivered: targetsAttribute(targetsOf(undelivered)) }),
    ...(sealed !== undefined && { sealed: canonicalMarks(sealed) }),
  };
}

function asKeystoneTells(existing: JsonObject): JsonObject {
  const { description, roles, unrestricted, access_rules: rules, project_id: project } = existing;
  return {
    ...existing,
    description: scalarText(description),
    roles: isObject(roles) ? Object.keys(roles).map((name) => ({ name })) : null,
    unrestricted: unrestricted === true,
    access_rules: isObject(rules) ? Object.values(rules) : null,
    project_id: typeof project === "string" ? project : null,
  };
}

function canonicalDuration(duration: Json): string {
  const seconds = parseDuration(scalarText(duration));
  return seconds === undefined ? "" : formatDuration(seconds);
}

function canonicalNames(names: Json): Json {
  return Array.isArray(names) ? names.map(scalarText).sort(compareTexts) : null;
}

function canonicalMarks(marks: Json): JsonObject {
  const known = isObject(marks) ? marks : {};
  const kept = FORMATS.filter((it) => known[it] !== undefined);
  return Object.fromEntries(
    kept.map((it) => [it, known[it] === null ? null : scalarText(known[it])]),
  );
}
