import type { Runtime } from "../../../engine/model/runtime.js";
import type { JsonObject } from "../../../engine/model/value.js";
import { type Proxies, proxyFor, readProxies } from "../http/proxies.js";
import type { TlsSettings } from "../http/tls-settings.js";
import type { LogInRequest } from "../login/log-in-request.js";
import type { ServiceSettings, ServiceType } from "../login/service-settings.js";
import { chooseEntry } from "./chosen-entry.js";
import { EntryReader } from "./entry-reader.js";
import { readLogIn } from "./read-log-in.js";
import { readTls } from "./tls.js";
import { otherLogIn, type Unused, unusedKeys, unusedVariables } from "./unused.js";

/** All that is needed to log in to a cloud and to talk to it. */
export interface CloudSettings {
  readonly name: string;
  /** Where they stand, for messages. */
  readonly source: string;
  /** What does nothing here, though the cloud's entry or an `OS_*` variable says it. */
  readonly unused: readonly Unused[];
  /** Of the variables among it those by which somebody else, or to another place, would log in. */
  readonly otherLogIn: readonly string[];
  readonly authUrl: string;
  readonly logIn: LogInRequest;
  readonly region?: string;
  /** Which endpoints are meant where nothing is said of one service, the best first. */
  readonly interfaces: readonly string[];
  readonly services: Readonly<Record<ServiceType, ServiceSettings>>;
  readonly tls: TlsSettings;
  readonly proxies: Proxies;
  /** How long one request may be silent, in milliseconds; 0 is for ever. */
  readonly timeout: number;
}

/** Longer than Neutron takes for a thousand rules in one request (22 s on two busy cores). */
const DEFAULT_TIMEOUT_SECONDS = 120;

/** Node's timers wait no longer: 25 days. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/**
 * Finds and understands the settings of the cloud that a provider block means: `{}`,
 * `{cloud: NAME}`, or `{name, entry}` with an entry of clouds.yaml in full; `credential: {id, secret}`
 * beside them is the application credential to log in with.
 * Throws `bad-cloud-config`, or `unsupported` for a log-in method.
 */
export async function readCloudSettings(
  settings: JsonObject,
  runtime: Runtime,
): Promise<CloudSettings> {
  const chosen = await chooseEntry(settings, runtime);
  const entry = new EntryReader(chosen);
  const region = entry.text("region_name");
  const authUrl = entry.url("auth_url") ?? entry.need("auth_url");
  checkVersions(entry);
  const logIn = readLogIn(entry);
  const services = {
    identity: serviceSettings(entry, "identity"),
    compute: serviceSettings(entry, "compute"),
    network: serviceSettings(entry, "network"),
  };
  const timeout = entry.number("api_timeout") ?? DEFAULT_TIMEOUT_SECONDS;
  const tls = await readTls(entry, runtime);
  entry.check();
  const proxies = readProxies(runtime.env);
  if (URL.canParse(authUrl)) proxyFor(authUrl, proxies);
  return {
    name: chosen.name,
    source: chosen.source,
    unused: chosen.variables
      ? unusedVariables(entry.unused, runtime.env)
      : [...unusedVariables(entry.unread, runtime.env), ...unusedKeys(entry.unused)],
    otherLogIn: otherLogIn(entry.unread, chosen.fields, chosen.environment, runtime.env),
    authUrl,
    logIn,
    ...(region !== undefined && { region }),
    interfaces: interfacesIn(entry, "interface") ?? PUBLIC,
    services,
    tls,
    proxies,
    timeout: Math.min(timeout * 1000, LONGEST_TIMEOUT),
  };
}

/** What is spoken: Keystone's older API went with Queens; a number behind Nova's 2 is a microversion, which is chosen here. */
const VERSIONS = [
  { key: "identity_api_version", pattern: /^v?3(\.\d+)?$/u, wanted: "3" },
  { key: "compute_api_version", pattern: /^v?2(\.(\d+|latest))?$/u, wanted: "2.1" },
  { key: "network_api_version", pattern: /^v?2(\.0)?$/u, wanted: "2.0" },
] as const;

function checkVersions(entry: EntryReader): void {
  for (const { key, pattern, wanted } of VERSIONS) {
    const version = entry.text(key);
    if (version !== undefined && !pattern.test(version)) entry.complain(key, `must be ${wanted}`);
  }
}

function serviceSettings(entry: EntryReader, service: ServiceType): ServiceSettings {
  const own = interfacesIn(entry, `${service}_interface`);
  const ownRegion = entry.text(`${service}_region_name`);
  const region = ownRegion ?? entry.text("region_name");
  const type = entry.text(`${service}_service_type`);
  const name = entry.text(`${service}_service_name`);
  const override = entry.url(`${service}_endpoint_override`) ?? entry.url(`${service}_endpoint`);
  return {
    interfaces: own ?? interfacesIn(entry, "interface") ?? PUBLIC,
    ...(region !== undefined && { region }),
    ...(override !== undefined && { override }),
    ...(type !== undefined && { type }),
    ...(name !== undefined && { name }),
    ...((own ?? ownRegion ?? type ?? name) !== undefined && { isChosen: true }),
  };
}

const PUBLIC: readonly string[] = ["public"];

function interfacesIn(entry: EntryReader, key: string): readonly string[] | undefined {
  const named = entry.texts(key).map((it) => it.replace(/URL$/u, ""));
  return named.length > 0 ? named : undefined;
}
