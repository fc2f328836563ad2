import { OutsideError } from "../../../engine/model/errors.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { isObject, type JsonObject } from "../../../engine/model/value.js";
import { type CloudsFiles, readCloudsFiles } from "./clouds-files.js";
import { additions, environmentEntry, isLogIn } from "./environment.js";
import { canonicalEntry, type Fields, field, flatten, isBlank } from "./fields.js";
import { profileOf } from "./profile.js";
import { selectRegion } from "./region.js";
import { suggest } from "./suggestion.js";

/** The settings of one cloud, before they are understood. */
export interface ChosenEntry {
  /** What the user calls it. */
  readonly name: string;
  /** Where its settings stand, for messages. */
  readonly source: string;
  /** Whether they are `OS_*` variables, which messages then name as such. */
  readonly variables: boolean;
  /** Canonical keys, without the `auth` level. */
  readonly fields: Fields;
  /** The keys that the user said here, of which each is to be of use. */
  readonly said: readonly string[];
  /** What the `OS_*` variables say beside the fields, for secrets that these leave out; nothing where all was given. */
  readonly environment: Fields;
}

/**
 * Chooses the cloud: the entry given whole, the one named in the configuration, OS_CLOUD, the
 * `OS_*` variables, or the only cloud of clouds.yaml; a `credential` then logs in in place of whoever it
 * names. Throws `bad-cloud-config`.
 */
export async function chooseEntry(settings: JsonObject, runtime: Runtime): Promise<ChosenEntry> {
  const chosen = await chooseCloud(settings, runtime);
  const { credential } = settings;
  return isObject(credential) ? loggingInWith(chosen, credential) : chosen;
}

function loggingInWith(chosen: ChosenEntry, { id, secret }: Fields): ChosenEntry {
  const logIn = {
    auth_type: "v3applicationcredential",
    application_credential_id: id,
    application_credential_secret: secret,
  };
  return { ...chosen, fields: { ...chosen.fields, ...logIn } };
}

async function chooseCloud(settings: JsonObject, runtime: Runtime): Promise<ChosenEntry> {
  const { entry, name } = settings;
  if (isObject(entry)) return givenEntry(typeof name === "string" ? name : "given", entry);
  const variables = canonicalEntry(environmentEntry(runtime.env));
  const own = runtime.env.OS_CLOUD_NAME || "envvars";
  const named = typeof settings.cloud === "string" ? settings.cloud : runtime.env.OS_CLOUD;
  if (isLogIn(variables) && !named) return variablesEntry(own, variables, runtime);
  const files = await readCloudsFiles(runtime);
  if (isLogIn(variables) && named === own) {
    if (field(files.clouds, own) === undefined) return variablesEntry(own, variables, runtime);
    throw badEntry(
      `"${own}" is both a cloud of ${files.source} and the OS_* environment variables`,
      "Set OS_CLOUD_NAME to another name for the variables, or unset them.",
    );
  }
  return entryOf(files, named || onlyCloud(files), variables, runtime);
}

/** The files are read for a profile only. */
async function variablesEntry(
  name: string,
  variables: Fields,
  runtime: Runtime,
): Promise<ChosenEntry> {
  const profile = isBlank(variables.profile)
    ? {}
    : await profileOf(variables, await readCloudsFiles(runtime), () => "OS_PROFILE", runtime);
  return {
    name,
    source: "the OS_* environment variables",
    variables: true,
    fields: flatten(selectRegion(variables, profile, undefined, name)),
    said: saidIn(variables),
    environment: {},
  };
}

function givenEntry(name: string, entry: Fields): ChosenEntry {
  const fields = flatten(canonicalEntry(entry));
  const source = `the settings of "${name}"`;
  return { name, source, variables: false, fields, said: [], environment: {} };
}

/** What chooses settings has done its work by then. */
const CHOOSING = new Set(["profile", "cloud", "regions"]);

function saidIn(entry: Fields): readonly string[] {
  return Object.keys(flatten(entry)).filter((key) => !CHOOSING.has(key));
}

/** A passcode and a region of the environment win: they are of this run, whatever the file says. */
async function entryOf(
  files: CloudsFiles,
  name: string,
  environment: Fields,
  runtime: Runtime,
): Promise<ChosenEntry> {
  const entry = field(files.clouds, name);
  if (entry === undefined) throw unknownCloud(files, name);
  if (!isObject(entry)) {
    throw badEntry(`${files.locate([name])}: the cloud "${name}" must be a mapping`);
  }
  const own = canonicalEntry(entry);
  const profile = await profileOf(own, files, (key) => files.locate([name, key]), runtime);
  const { region_name, passcode, ...others } = environment;
  const region = isBlank(region_name) ? undefined : String(region_name);
  const settings = flatten(selectRegion(own, profile, region, name));
  const added = additions(others, settings);
  return {
    name,
    source: `the cloud "${name}" of ${files.source}`,
    variables: false,
    fields: { ...settings, ...added, ...(!isBlank(passcode) && { passcode }) },
    said: saidIn(own),
    environment: Object.fromEntries(Object.entries(others).filter(([key]) => !(key in added))),
  };
}

function onlyCloud(files: CloudsFiles): string {
  const names = Object.keys(files.clouds);
  const [only] = names;
  if (only !== undefined && names.length === 1) return only;
  const choose = "Name one in the provider block, with --cloud NAME, or in OS_CLOUD.";
  if (names.length > 1) {
    throw badEntry(
      `no cloud is chosen among those of ${files.source}`,
      `${choose} ${suggest("", names)}`,
    );
  }
  throw badEntry(
    `no cloud is described: looked for OS_AUTH_URL in the environment and for ${files.source}`,
    "Write a clouds.yaml or load an openrc file; or choose the embedded cloud: `provider: {openstack: {sandbox: true}}` in the configuration, or --sandbox.",
  );
}

function unknownCloud(files: CloudsFiles, name: string): OutsideError {
  const known = suggest(name, Object.keys(files.clouds));
  return badEntry(
    `there is no cloud "${name}" in ${files.source}`,
    known || "Add it there, or name the file in OS_CLIENT_CONFIG_FILE.",
  );
}

function badEntry(message: string, help?: string): OutsideError {
  return new OutsideError("bad-cloud-config", message, help === undefined ? {} : { help });
}
