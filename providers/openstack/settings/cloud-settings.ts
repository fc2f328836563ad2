import type { Runtime } from "../../../engine/model/runtime.js";
import type { JsonObject } from "../../../engine/model/value.js";
import { type Proxies, readProxies } from "../http/proxies.js";
import type { TlsSettings } from "../http/tls-settings.js";
import type { LogInRequest } from "../login/log-in-request.js";
import type { ServiceSettings, ServiceType } from "../login/service-settings.js";
import { chooseEntry } from "./chosen-entry.js";
import { EntryReader } from "./entry-reader.js";
import { variablesOf } from "./environment.js";
import { readLogIn } from "./read-log-in.js";
import { readTls } from "./tls.js";

/** All that is needed to log in to a cloud and to talk to it. */
export interface CloudSettings {
  readonly name: string;
  /** Where they stand, for messages. */
  readonly source: string;
  /** `OS_*` variables that describe another log-in than the chosen one, by name. */
  readonly unused: readonly string[];
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
  checkIdentityVersion(entry);
  const logIn = readLogIn(entry);
  const services = {
    identity: serviceSettings(entry, "identity"),
    compute: serviceSettings(entry, "compute"),
    network: serviceSettings(entry, "network"),
  };
  const timeout = entry.number("api_timeout") ?? DEFAULT_TIMEOUT_SECONDS;
  const tls = await readTls(entry, runtime);
  entry.check();
  return {
    name: chosen.name,
    source: chosen.source,
    unused: variablesOf(entry.unread, runtime.env),
    authUrl,
    logIn,
    ...(region !== undefined && { region }),
    interfaces: interfacesIn(entry, "interface") ?? PUBLIC,
    services,
    tls,
    proxies: readProxies(runtime.env),
    timeout: timeout * 1000,
  };
}

/** The older one went with OpenStack Queens. */
function checkIdentityVersion(entry: EntryReader): void {
  const version = entry.text("identity_api_version");
  if (version === undefined || /^v?3(\.|$)/u.test(version)) return;
  entry.complain("identity_api_version", "must be 3");
}

function serviceSettings(entry: EntryReader, service: ServiceType): ServiceSettings {
  const own = interfacesIn(entry, `${service}_interface`);
  const ownRegion = entry.text(`${service}_region_name`);
  const region = ownRegion ?? entry.text("region_name");
  const override = entry.url(`${service}_endpoint_override`) ?? entry.url(`${service}_endpoint`);
  return {
    interfaces: own ?? interfacesIn(entry, "interface") ?? PUBLIC,
    ...(region !== undefined && { region }),
    ...(override !== undefined && { override }),
    ...((own ?? ownRegion) !== undefined && { isChosen: true }),
  };
}

const PUBLIC: readonly string[] = ["public"];

function interfacesIn(entry: EntryReader, key: string): readonly string[] | undefined {
  const named = entry.texts(key).map((it) => it.replace(/URL$/u, ""));
  return named.length > 0 ? named : undefined;
}
