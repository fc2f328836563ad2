import { OutsideError } from "../../../engine/model/errors.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { isObject } from "../../../engine/model/value.js";
import { type Fields, field, mergeDeep } from "./fields.js";
import { searchFolders } from "./search-folders.js";
import { readFirst, type YamlFile } from "./yaml-file.js";

/** The clouds of clouds.yaml with secure.yaml over them. */
export interface CloudsFiles {
  /** Where the clouds come from: the files' paths, or the places that were searched. */
  readonly source: string;
  readonly clouds: Fields;
  /** `public-clouds` of clouds-public.yaml: what `profile` names. */
  readonly profiles: Fields;
  /** The place of an entry's key, in the file that has the cloud. */
  locate(keys: readonly string[]): string;
}

/**
 * Reads the files as openstacksdk finds them: the one that a variable names, else the first that
 * exists in the configuration's folder, the user's and the system's; clouds, secure and
 * clouds-public each for itself (openstack/config/loader.py). Throws `bad-cloud-config`.
 */
export async function readCloudsFiles(runtime: Runtime): Promise<CloudsFiles> {
  const { env } = runtime;
  const clouds = await readKind("clouds", env.OS_CLIENT_CONFIG_FILE, runtime);
  const secure = await readKind("secure", env.OS_CLIENT_SECURE_FILE, runtime);
  const vendors = await readKind("clouds-public", env.OS_CLIENT_VENDOR_FILE, runtime);
  const read = [clouds, secure].filter((file) => file !== undefined);
  const searched = searchFolders(runtime).map((folder) => `${folder}clouds.yaml`);
  return {
    source: read.length > 0 ? read.map((file) => file.path).join(" and ") : searched.join(", "),
    clouds: mergeDeep(mapping(clouds, "clouds"), mapping(secure, "clouds")),
    profiles: mapping(vendors, "public-clouds"),
    locate: (keys) => (clouds ?? secure)?.locate(["clouds", ...keys]) ?? "",
  };
}

async function readKind(
  name: string,
  named: string | undefined,
  runtime: Runtime,
): Promise<YamlFile | undefined> {
  if (!named) {
    const paths = searchFolders(runtime).flatMap((folder) =>
      ["yaml", "yml", "json"].map((extension) => `${folder}${name}.${extension}`),
    );
    return readFirst(paths, runtime);
  }
  const file = await readFirst([named], runtime);
  if (file) return file;
  throw new OutsideError(
    "bad-cloud-config",
    `${runtime.files.resolve(named)} does not exist, but the environment names it as the ${name} file`,
    {
      help: "Correct or unset OS_CLIENT_CONFIG_FILE (OS_CLIENT_SECURE_FILE, OS_CLIENT_VENDOR_FILE).",
    },
  );
}

function mapping(file: YamlFile | undefined, key: string): Fields {
  const value = file && field(file.content, key);
  if (value === undefined || value === null) return {};
  if (isObject(value)) return value;
  throw new OutsideError(
    "bad-cloud-config",
    `${file?.locate([key])}: "${key}" must be a mapping from names to clouds`,
  );
}
