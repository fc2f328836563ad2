import type { Runtime } from "../../../engine/model/runtime.js";

/**
 * Where clouds.yaml may be, in order, each with its last slash: the configuration's folder, the user's
 * own, the system's; as openstacksdk (config/loader.py) and its platformdirs, which knows a folder of
 * its own for each operating system.
 */
export function searchFolders(runtime: Runtime): readonly string[] {
  const { user, site } = platformFolders(runtime);
  const folders = ["", ...user, "~/.config/openstack/", ...site, "/etc/openstack/"];
  return [...new Set(folders)];
}

interface PlatformFolders {
  readonly user: readonly string[];
  readonly site: readonly string[];
}

function platformFolders({ platform, env }: Runtime): PlatformFolders {
  const xdg = env.XDG_CONFIG_HOME ? [`${env.XDG_CONFIG_HOME}/openstack/`] : [];
  switch (platform) {
    case "darwin":
      return {
        user: [...xdg, "~/Library/Application Support/openstack/"],
        site: ["/Library/Application Support/openstack/"],
      };
    case "win32":
      return {
        user: [`${env.LOCALAPPDATA || "~/AppData/Local"}/OpenStack/openstack/`],
        site: [`${env.ProgramData || "C:/ProgramData"}/OpenStack/openstack/`],
      };
    default:
      return {
        user: xdg,
        site: (env.XDG_CONFIG_DIRS || "/etc/xdg")
          .split(":")
          .filter((folder) => folder !== "")
          .map((folder) => `${folder}/openstack/`),
      };
  }
}
