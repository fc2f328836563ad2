import type { Runtime } from "../../../engine/model/runtime.js";
import { type Fields, field, isBlank } from "./fields.js";

/** Variables that say where clouds are described, and so describe none. */
const ABOUT_FILES = new Set(["CLOUD", "CLOUD_NAME"]);

/** Without one of these the variables are no log-in: OS_REGION_NAME or OS_PASSCODE alone adds to a file's. */
const LOG_IN =
  /^(auth_url|username|user_id|password|token|(application_credential|project|tenant)_\w+)$/u;

/** The `OS_*` variables as an entry of clouds.yaml: `OS_AUTH_URL` is `auth_url`. */
export function environmentEntry(env: Runtime["env"]): Fields {
  const entries = Object.entries(env)
    .filter(([name, value]) => name.startsWith("OS_") && !isBlank(value))
    .map(([name, value]) => [name.slice(3), value] as const)
    .filter(([name]) => !ABOUT_FILES.has(name) && !name.startsWith("CLIENT_"))
    .map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(entries);
}

/** Whether the variables describe a log-in of their own. */
export function isLogIn(entry: Fields): boolean {
  return Object.keys(entry).some((key) => LOG_IN.test(key) && !isBlank(field(entry, key)));
}
