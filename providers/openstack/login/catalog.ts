import { OutsideError } from "../../../engine/model/errors.js";
import { isObject, scalarText } from "../../../engine/model/value.js";
import type { ServiceSettings, ServiceType } from "./service-settings.js";

/** One endpoint of the catalog. */
export interface CatalogEntry {
  readonly type: string;
  readonly interface: string;
  /** Empty where it has none. */
  readonly region: string;
  readonly url: string;
}

/** Decodes `token.catalog`; what is not an endpoint is left out. */
export function readCatalog(catalog: unknown): readonly CatalogEntry[] {
  const services: readonly unknown[] = Array.isArray(catalog) ? catalog : [];
  return services.flatMap((service) => {
    if (!isObject(service) || !Array.isArray(service.endpoints)) return [];
    const type = scalarText(service.type);
    return service.endpoints.flatMap((endpoint: unknown) => readEntry(type, endpoint));
  });
}

function readEntry(type: string, endpoint: unknown): readonly CatalogEntry[] {
  if (!isObject(endpoint) || typeof endpoint.url !== "string") return [];
  const region = scalarText(endpoint.region_id || endpoint.region || "");
  return [{ type, interface: scalarText(endpoint.interface), region, url: endpoint.url }];
}

/** The services that are used wherever there is work; Keystone is used where one logs in. */
const REGIONAL: readonly ServiceType[] = ["compute", "network"];

type Services = Readonly<Record<ServiceType, ServiceSettings>>;

/**
 * The region of a log-in: the one asked for, or the only one of compute and network. Throws `bad-cloud-config`,
 * where a service depends on it, for one that the catalog does not have, and where there are several and none is chosen.
 */
export function chooseRegion(
  catalog: readonly CatalogEntry[],
  wanted: string | undefined,
  services: Services,
): string | undefined {
  const regions = regionsOf(catalog);
  const depending = dependingOn(wanted, services);
  if (wanted !== undefined) {
    if (regions.includes(wanted) || catalog.length === 0 || depending.length === 0) return wanted;
    throw new OutsideError("bad-cloud-config", `the cloud has no region "${wanted}"`, {
      help:
        regions.length > 0
          ? `Set region_name (OS_REGION_NAME) to one of: ${regions.join(", ")}.`
          : "Its catalog tells of no regions: leave region_name (OS_REGION_NAME) out.",
    });
  }
  const regional = depending.filter((type) => REGIONAL.includes(type));
  const used = regionsOf(
    catalog.filter((it) =>
      (regional.length > 0 ? regional : REGIONAL).some((type) => it.type === type),
    ),
  );
  if (regions.length <= 1 || used.length === 1) return used[0] ?? regions[0];
  if (depending.length === 0) return undefined;
  throw new OutsideError(
    "bad-cloud-config",
    `the cloud has several regions: ${regions.join(", ")}`,
    {
      help: "Choose one with region_name in clouds.yaml, or OS_REGION_NAME.",
    },
  );
}

function regionsOf(catalog: readonly CatalogEntry[]): readonly string[] {
  return [...new Set(catalog.map((entry) => entry.region))].filter((it) => it !== "").sort();
}

/** The services in use that neither a region of their own nor an override leads to. */
function dependingOn(region: string | undefined, services: Services): readonly ServiceType[] {
  const { isChosen } = services.identity;
  const used: readonly ServiceType[] = isChosen ? ["identity", ...REGIONAL] : REGIONAL;
  return used.filter((type) => {
    const { override, region: own } = services[type];
    return override === undefined && own === region;
  });
}

/**
 * The URL of a service: the override, or the catalog's for the region and the best interface. An endpoint without
 * a region is in none that is named, as in keystoneauth (access/service_catalog.py), and in one that nobody had to name.
 * Throws `bad-cloud-config`.
 */
export function findUrl(
  catalog: readonly CatalogEntry[],
  type: ServiceType,
  region: string | undefined,
  settings: ServiceSettings,
): string {
  if (settings.override !== undefined) return settings.override;
  const own = catalog.filter((entry) => entry.type === type);
  const isThere = (entry: CatalogEntry) =>
    settings.region === undefined
      ? region === undefined || entry.region === region || entry.region === ""
      : entry.region === settings.region;
  for (const wanted of settings.interfaces) {
    const found = own.find((entry) => entry.interface === wanted && isThere(entry));
    if (found) return found.url;
  }
  const there = own.map(
    (it) => `${it.interface} ${it.region ? `in ${it.region}` : "without a region"}`,
  );
  const place = settings.region ?? region ?? "any region";
  throw new OutsideError(
    "bad-cloud-config",
    `the cloud's catalog has no ${type} endpoint that is ${settings.interfaces.join(" or ")} in ${place}`,
    {
      help:
        there.length > 0
          ? `It has: ${there.join(", ")}. Set interface and region_name, or ${type}_endpoint_override.`
          : `It has no ${type} service at all; set ${type}_endpoint_override where there is one.`,
    },
  );
}
