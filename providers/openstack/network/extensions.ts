import { CloudError } from "../../../engine/model/errors.js";
import type { OpenStack } from "../cloud.js";
import { text } from "./answer.js";

/** Aliases of Neutron's extensions on which declarations may depend. */
export type Extension =
  | "address-group"
  | "security-groups-default-rules"
  | "security-groups-remote-address-group"
  | "stateful-security-group";

const known = new WeakMap<OpenStack, Promise<ReadonlySet<string>>>();

/** Whether the cloud has an extension: asked once for a log-in, and only when something needs it. */
export async function hasExtension(cloud: OpenStack, extension: Extension): Promise<boolean> {
  const asked = known.get(cloud) ?? readExtensions(cloud);
  known.set(cloud, asked);
  // What could not be read is asked again by whoever needs it next.
  asked.catch(() => known.delete(cloud));
  return (await asked).has(extension);
}

/** Throws `unsupported` where the cloud lacks what a write needs. */
export async function requireExtension(
  cloud: OpenStack,
  extension: Extension,
  what: string,
): Promise<void> {
  if (await hasExtension(cloud, extension)) return;
  const { summary, help } = lacking(extension, what);
  throw new CloudError("unsupported", summary, { effect: "none" }, { help });
}

/** Says that something declared needs an extension that the cloud has not. */
export function lacking(extension: Extension, what: string) {
  return {
    code: "missing-extension",
    summary: `the cloud's network service has no extension ${extension}, which ${what} needs`,
    help: `Ask the cloud's operator to enable ${extension}, or remove ${what}.`,
  } as const;
}

async function readExtensions(cloud: OpenStack): Promise<ReadonlySet<string>> {
  const extensions = await cloud.neutron.list("/extensions", "extensions");
  return new Set(extensions.map((it) => text(it.alias)));
}
