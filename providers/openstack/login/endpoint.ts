import { OutsideError } from "../../../engine/model/errors.js";
import type { ServiceType } from "./service-settings.js";

/** Where the versioned root of an API is. */
export interface Endpoint {
  /** `https://cloud.example.org:9696`. */
  readonly origin: string;
  /** The path without a slash at its end: `/networking/v2.0`. */
  readonly root: string;
}

/** The version that is spoken, and the segments by which a URL may name one. */
const VERSIONS: Readonly<Record<ServiceType, string>> = {
  identity: "v3",
  compute: "v2.1",
  network: "v2.0",
};
const VERSION = /^v\d+(\.\d+)?$/u;
/** What a catalog or an override may leave to be filled in: `%(project_id)s`. */
const PROJECT_TEMPLATE = /^(AUTH_)?[%$]\((project|tenant)_id\)s$/u;

/**
 * The root of an API by a URL of the catalog, of auth_url or of an override: with or without a
 * version, a project's id behind it, a path before it, slashes at its end. Any version is replaced
 * by the one that is spoken: old catalogs still name `/v2` of compute and `/v2.0` of identity.
 */
export function endpointOf(service: ServiceType, url: string, projectId?: string): Endpoint {
  const { protocol, origin, pathname } = parseUrl(service, url);
  if (protocol !== "http:" && protocol !== "https:") throw notAUrl(service, url);
  const segments = pathname.split("/").filter((segment) => segment !== "");
  const last = segments.at(-1);
  if (last !== undefined && isProject(last, projectId)) segments.pop();
  if (VERSION.test(segments.at(-1) ?? "")) segments.pop();
  return { origin, root: ["", ...segments, VERSIONS[service]].join("/") };
}

function isProject(segment: string, id: string | undefined): boolean {
  if (PROJECT_TEMPLATE.test(segment)) return true;
  return id !== undefined && (segment === id || segment === `AUTH_${id}`);
}

/** As text: what messages, states and written files have. */
export function formatEndpoint(endpoint: Endpoint): string {
  return `${endpoint.origin}${endpoint.root}`;
}

function parseUrl(service: ServiceType, url: string): URL {
  if (!URL.canParse(url)) throw notAUrl(service, url);
  return new URL(url);
}

function notAUrl(service: ServiceType, url: string): OutsideError {
  return new OutsideError("bad-cloud-config", `"${url}" is not an http(s) URL (${service})`, {
    help: "Correct auth_url, the endpoint_override, or the catalog of the cloud.",
  });
}
