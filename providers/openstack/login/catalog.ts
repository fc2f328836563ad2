import { OutsideError } from "../../../engine/model/errors.js";
import { isObject, scalarText } from "../../../engine/model/value.js";
import type { ServiceSettings, ServiceType } from "./service-settings.js";

/** One endpoint of the catalog. */
export interface CatalogEntry {
  readonly type: string;
  /** The name of its service; absent where the catalog does not tell it. */
  readonly name?: string;
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
    const name = scalarText(service.name ?? "");
    const named = { type, ...(name !== "" && { name }) };
    return service.endpoints.flatMap((endpoint: unknown) => readEntry(named, endpoint));
  });
}

function readEntry(
  service: Pick<CatalogEntry, "type" | "name">,
  endpoint: unknown,
): readonly CatalogEntry[] {
  if (!isObject(endpoint) || typeof endpoint.url !== "string") return [];
  const region = scalarText(endpoint.region_id || endpoint.region || "");
  return [{ ...service, interface: scalarText(endpoint.interface), region, url: endpoint.url }];
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
      (regional.length > 0 ? regional : REGIONAL).some((type) => isOf(it, type, services[type])),
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

/** By type and name; a catalog that tells no name lets any pass, as in keystoneauth (access/service_catalog.py). */
function isOf(entry: CatalogEntry, service: ServiceType, { type, name }: ServiceSettings): boolean {
  if (entry.type !== (type ?? service)) return false;
  return name === undefined || entry.name === undefined || entry.name === name;
}

/** As messages call it: `network`, or `sdn named "blue"`. */
function describe(service: ServiceType, { type, name }: ServiceSettings): string {
  return `${type ?? service}${name === undefined ? "" : ` named "${name}"`}`;
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
  const own = catalog.filter((entry) => isOf(entry, type, settings));
  const isThere = (entry: CatalogEntry) =>
    settings.region === undefined
      ? region === undefined || entry.region === region || entry.region === ""
      : entry.region === settings.region;
  for (const wanted of settings.interfaces) {
    const found = own.find((entry) => entry.interface === wanted && isThere(entry));
    if (found) return found.url;
  }
  const place = settings.region ?? region ?? "any region";
  throw new OutsideError(
    "bad-cloud-config",
    `the cloud's catalog has no ${describe(type, settings)} endpoint that is ${settings.interfaces.join(" or ")} in ${place}`,
    { help: remedy(catalog, own, type, settings) },
  );
}

function remedy(
  catalog: readonly CatalogEntry[],
  own: readonly CatalogEntry[],
  service: ServiceType,
  settings: ServiceSettings,
): string {
  const override = `${service}_endpoint_override`;
  if (own.length > 0) {
    const there = own.map(
      (it) => `${it.interface} ${it.region ? `in ${it.region}` : "without a region"}`,
    );
    return `It has: ${there.join(", ")}. Set interface and region_name, or ${override}.`;
  }
  if (settings.type === undefined && settings.name === undefined) {
    return `It has no ${service} service at all; set ${override} where there is one.`;
  }
  const services = new Set(catalog.map(({ type, name }) => (name ? `${type} (${name})` : type)));
  return `It has: ${[...services].sort().join(", ")}. Correct ${service}_service_type and ${service}_service_name, or set ${override}.`;
}
