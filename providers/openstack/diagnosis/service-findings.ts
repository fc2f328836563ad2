import { CloudError, OutsideError } from "../../../engine/model/errors.js";
import type { Finding } from "../../../engine/model/finding.js";
import { isObject, scalarText } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { formatEndpoint } from "../login/endpoint.js";
import { endpointIn, type LoggedIn } from "../open-cloud.js";
import { found, type Tried, tried } from "./tried.js";
import { isWithheld, withheld } from "./withheld.js";

/** Extensions of Neutron that are of use here, by what is not to be had without them. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  "address-group": "address groups",
  "security-groups-remote-address-group": "address groups as remotes",
  "stateful-security-group": "stateless groups",
  "standard-attr-tag": "tags",
  "standard-attr-timestamp": "the time of a change",
  "security-groups-default-rules": "default rules chosen by the operator",
  quota_details: "how much of a quota is used",
};

/** Where Nova is and which microversions it has. */
export async function computeFinding(loggedIn: LoggedIn, cloud: OpenStack): Promise<Finding> {
  const facts = locate(loggedIn, cloud, "compute");
  const result = await described("compute", () => cloud.nova.get("/"), facts);
  if (result.kind === "failed") return result.finding;
  const version = result.value?.version;
  if (!isObject(version)) {
    return found("compute", "a server answers", facts, withheld("its microversions"));
  }
  const range = `${scalarText(version.min_version)} to ${scalarText(version.version)}`;
  return found("compute", "Nova answers", { ...facts, microversions: range });
}

/** Where Neutron is and which of its extensions are of use. */
export async function networkFinding(loggedIn: LoggedIn, cloud: OpenStack): Promise<Finding> {
  const facts = locate(loggedIn, cloud, "network");
  const list = () => cloud.neutron.list("/extensions", "extensions");
  const result = await described("network", list, facts);
  if (result.kind === "failed") return result.finding;
  if (!result.value) {
    return found("network", "a server answers", facts, withheld("its extensions"));
  }
  const aliases = new Set(result.value.map((it) => scalarText(it.alias)));
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
  const told = { ...facts, has: words(true), lacks: words(false) };
  return found("network", "Neutron answers", told, aliases.has("address-group") ? undefined : NONE);
}

const NONE = {
  summary: "it has no address groups",
  help: "Declare none, or ask the operator for the extension address-group.",
};

/** Asks an API for its own description; undefined where that is kept back. */
function described<T>(
  step: string,
  ask: () => Promise<T>,
  facts: { readonly url?: string },
): Promise<Tried<T | undefined>> {
  const patient = async () => {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof CloudError && isWithheld(error.response.status)) return undefined;
      throw error;
    }
  };
  return tried(step, patient, facts);
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
