import type { Runtime } from "../../../engine/model/runtime.js";
import { type Fields, field, isBlank, presentName } from "./fields.js";

/** Variables that say where clouds are described, and so describe none. */
const ABOUT_FILES = new Set([
  "CLOUD",
  "CLOUD_NAME",
  "CLIENT_CONFIG_FILE",
  "CLIENT_SECURE_FILE",
  "CLIENT_VENDOR_FILE",
]);

/** Without one of these the variables are no log-in: OS_REGION_NAME or OS_PASSCODE alone adds to a file's. */
const LOG_IN =
  /^(auth_url|username|user_id|password|token|(application_credential|project|tenant)_\w+)$/u;

/** The `OS_*` variables as an entry of clouds.yaml: `OS_AUTH_URL` is `auth_url`. */
export function environmentEntry(env: Runtime["env"]): Fields {
  const entries = Object.entries(env)
    .filter(([name, value]) => name.startsWith("OS_") && !isBlank(value))
    .map(([name, value]) => [name.slice(3), value] as const)
    .filter(([name]) => !ABOUT_FILES.has(name))
    .map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(entries);
}

/** What variables may add to a file's cloud where it has none of the group: nothing of who logs in. */
const ADDITIONS = [["interface"], ["cacert"], ["cert", "key"], ["default_domain"]];

/** What the variables add to the settings of a file's cloud, as in the `openstack` command. */
export function additions(variables: Fields, settings: Fields): Fields {
  const left = ADDITIONS.filter((group) => group.every((key) => isBlank(field(settings, key))));
  const keys = left.flat().filter((key) => !isBlank(field(variables, key)));
  return Object.fromEntries(keys.map((key) => [key, field(variables, key)]));
}

/** The names of the variables that say what these keys do. */
export function variablesOf(keys: ReadonlySet<string>, env: Runtime["env"]): readonly string[] {
  const isMeant = (name: string) =>
    name.startsWith("OS_") &&
    !isBlank(env[name]) &&
    keys.has(presentName(name.slice(3).toLowerCase()));
  return Object.keys(env).filter(isMeant).sort();
}

/** Whether the variables describe a log-in of their own. */
export function isLogIn(entry: Fields): boolean {
  return Object.keys(entry).some((key) => LOG_IN.test(key) && !isBlank(field(entry, key)));
}
