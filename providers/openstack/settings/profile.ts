import { OutsideError } from "../../../engine/model/errors.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { isObject, scalarText } from "../../../engine/model/value.js";
import type { CloudsFiles } from "./clouds-files.js";
import { canonicalEntry, type Fields, field, isBlank, layEntry } from "./fields.js";
import { remoteProfile } from "./remote-profile.js";
import { suggest } from "./suggestion.js";
import { VENDOR_PROFILES } from "./vendor-profiles.js";

/**
 * What stands below an entry: the profile that it names, of clouds-public.yaml, of a public cloud, or
 * of a URL, in this order, as openstacksdk (config/loader.py; `cloud` is its older name).
 * Throws `bad-cloud-config` with the `place` of the name for one that is unknown.
 */
export async function profileOf(
  entry: Fields,
  { profiles }: CloudsFiles,
  place: (key: string) => string,
  runtime: Runtime,
): Promise<Fields> {
  const key = isBlank(field(entry, "profile")) ? "cloud" : "profile";
  const name = field(entry, key);
  if (isBlank(name)) return {};
  const text = scalarText(name);
  const found = field(profiles, text) ?? field(VENDOR_PROFILES, text);
  const url = isObject(found) ? field(found, "profile") : text;
  if (typeof url === "string" && /^https?:\/\//iu.test(url) && URL.canParse(url)) {
    const remote = canonicalEntry(await remoteProfile(url, runtime));
    return isObject(found) ? layEntry(remote, canonicalEntry(found)) : remote;
  }
  if (isObject(found)) return canonicalEntry(found);
  const known = [...Object.keys(profiles), ...Object.keys(VENDOR_PROFILES)].sort();
  throw new OutsideError("bad-cloud-config", `${place(key)}: there is no profile "${text}"`, {
    help: `Write its settings, such as auth_url, in its place, or the https URL of a cloud that publishes its own. ${suggest(text, known)}`,
  });
}
