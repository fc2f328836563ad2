import { OutsideError } from "../../../engine/model/errors.js";
import type { Finding } from "../../../engine/model/finding.js";
import { isObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { formatEndpoint } from "../login/endpoint.js";
import { endpointIn, type LoggedIn } from "../open-cloud.js";
import { found, tried } from "./tried.js";

/** Extensions of Neutron that make a difference here, by what they give. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  "stateful-security-group": "stateless groups",
  "security-groups-remote-address-group": "address groups as remotes",
  "security-groups-default-rules": "default rules chosen by the operator",
  "standard-attr-revisions": "revision numbers",
  quota_details: "how much of a quota is used",
};

/** Where Nova is and which microversions it has. */
export async function computeFinding(loggedIn: LoggedIn, cloud: OpenStack): Promise<Finding> {
  const facts = locate(loggedIn, cloud, "compute");
  const result = await tried("compute", () => cloud.nova.get("/"), facts);
  if (result.kind === "failed") return result.finding;
  const version = isObject(result.value?.version) ? result.value.version : {};
  const range = `${String(version.min_version)} to ${String(version.version)}`;
  return found("compute", "Nova answers", { ...facts, microversions: range });
}

/** Where Neutron is and which of its extensions are of use. */
export async function networkFinding(loggedIn: LoggedIn, cloud: OpenStack): Promise<Finding> {
  const facts = locate(loggedIn, cloud, "network");
  const list = () => cloud.neutron.list("/extensions", "extensions");
  const result = await tried("network", list, facts);
  if (result.kind === "failed") return result.finding;
  const aliases = new Set(result.value.map((it) => String(it.alias)));
  if (!aliases.has("security-group")) {
    return {
      step: "network",
      status: "failed",
      summary: "Neutron has no security groups",
      facts,
      code: "unsupported",
      help: "Ask the operator for the extension security-group, or manage none here.",
    };
  }
  const words = (has: boolean) =>
    Object.entries(EXTENSIONS)
      .filter(([alias]) => aliases.has(alias) === has)
      .map(([alias, gives]) => `${alias} (${gives})`);
  return found("network", "Neutron answers", { ...facts, has: words(true), lacks: words(false) });
}

function locate(
  loggedIn: LoggedIn,
  cloud: OpenStack,
  type: "compute" | "network",
): { readonly url?: string } {
  try {
    return { url: formatEndpoint(endpointIn(loggedIn, type, cloud.identity.region)) };
  } catch (error) {
    if (error instanceof OutsideError) return {};
    throw error;
  }
}
