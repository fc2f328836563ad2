import { closest } from "../../../engine/model/closest.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { scalarText } from "../../../engine/model/value.js";
import { variablesOf } from "./environment.js";
import { type Fields, field, isBlank } from "./fields.js";
import { isKnown, KNOWN_KEYS } from "./known-keys.js";

/** A setting that does nothing here. */
export interface Unused {
  /** A key of clouds.yaml, or an `OS_*` variable. */
  readonly name: string;
  /** What was probably meant. */
  readonly meant?: string;
}

/** Settings by key that nobody asked for. */
export function unusedKeys(keys: Iterable<string>): readonly Unused[] {
  return [...keys].sort().map((name) => withMeant(name, name, (it) => it));
}

/** The variables that say what these keys do, which nobody asked for. */
export function unusedVariables(keys: ReadonlySet<string>, env: Runtime["env"]): readonly Unused[] {
  return variablesOf(keys, env).map((name) =>
    withMeant(name, name.slice(3).toLowerCase(), (it) => `OS_${it.toUpperCase()}`),
  );
}

/** Two edits: `volume_api_version` is not a misspelled `compute_api_version`. */
const MOST_EDITS = 2;

function withMeant(name: string, key: string, spell: (key: string) => string): Unused {
  const meant = isKnown(key) ? undefined : closest(key, KNOWN_KEYS, MOST_EDITS);
  return meant === undefined ? { name } : { name, meant: spell(meant) };
}

/** Keys that say who logs in, and where. */
const WHO =
  /^(auth_url|token|trust_id|system_scope|(application_credential|user|project|domain)_\w+|username)$/u;

/** Of the variables that nobody asked for those by which somebody else would log in. */
export function otherLogIn(
  keys: ReadonlySet<string>,
  fields: Fields,
  variables: Fields,
  env: Runtime["env"],
): readonly string[] {
  const differs = [...keys].filter((key) => {
    const [said, own] = [field(variables, key), field(fields, key)];
    return WHO.test(key) && (isBlank(own) || scalarText(own) !== scalarText(said));
  });
  return variablesOf(new Set(differs), env);
}
