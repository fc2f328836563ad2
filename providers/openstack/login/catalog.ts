import { OutsideError } from "../../../engine/model/errors.js";
import { isObject, scalarText } from "../../../engine/model/value.js";
import type { ServiceSettings, ServiceType } from "./service-settings.js";

/** One endpoint of the catalog. */
export interface CatalogEntry {
  readonly type: string;
  readonly interface: string;
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
  const region = scalarText(endpoint.region_id ?? endpoint.region ?? "");
  return [{ type, interface: scalarText(endpoint.interface), region, url: endpoint.url }];
}

/** The services whose regions are to be chosen among: Keystone is used where one logs in. */
const REGIONAL: ReadonlySet<string> = new Set<ServiceType>(["compute", "network"]);

/**
 * The region of a log-in: the one asked for, or the only one of compute and network. Throws `bad-cloud-config` for
 * one that the catalog does not have, and where there are several and none is chosen.
 */
export function chooseRegion(
  catalog: readonly CatalogEntry[],
  wanted: string | undefined,
): string | undefined {
  const regions = [...new Set(catalog.map((entry) => entry.region))].sort();
  if (wanted !== undefined && (regions.includes(wanted) || regions.length === 0)) return wanted;
  const listed = regions.join(", ");
  if (wanted !== undefined) {
    throw new OutsideError("bad-cloud-config", `the cloud has no region "${wanted}"`, {
      help: `Set region_name (OS_REGION_NAME) to one of: ${listed}.`,
    });
  }
  const used = regions.filter((it) =>
    catalog.some(({ type, region }) => region === it && REGIONAL.has(type)),
  );
  if (regions.length <= 1 || used.length === 1) return used[0] ?? regions[0];
  throw new OutsideError("bad-cloud-config", `the cloud has several regions: ${listed}`, {
    help: "Choose one with region_name in clouds.yaml, or OS_REGION_NAME.",
  });
}

/** The URL of a service: the override, or the catalog's for the region and the best interface. Throws `bad-cloud-config`. */
export function findUrl(
  catalog: readonly CatalogEntry[],
  type: ServiceType,
  region: string | undefined,
  settings: ServiceSettings,
): string {
  if (settings.override !== undefined) return settings.override;
  const own = catalog.filter((entry) => entry.type === type);
  const place = settings.region ?? region;
  for (const wanted of settings.interfaces) {
    const found = own.find(
      (entry) => entry.interface === wanted && (place === undefined || entry.region === place),
    );
    if (found) return found.url;
  }
  const there = own.map((entry) => `${entry.interface} in ${entry.region}`).join(", ");
  throw new OutsideError(
    "bad-cloud-config",
    `the cloud's catalog has no ${type} endpoint that is ${settings.interfaces.join(" or ")} in ${place ?? "any region"}`,
    {
      help: there
        ? `It has: ${there}. Set interface and region_name, or ${type}_endpoint_override.`
        : `It has no ${type} service at all; set ${type}_endpoint_override where there is one.`,
    },
  );
}
