import { OutsideError } from "../../engine/model/errors.js";
import type { Runtime } from "../../engine/model/runtime.js";
import type { Login, OpenStack } from "./cloud.js";
import type { Transport } from "./http/exchange.js";
import { computeMicroversion, NO_MICROVERSION } from "./http/microversion.js";
import { HttpService } from "./http/service.js";
import { chooseRegion, findUrl } from "./login/catalog.js";
import type { Door } from "./login/door.js";
import { type Endpoint, endpointOf, formatEndpoint } from "./login/endpoint.js";
import type { ServiceType } from "./login/service-settings.js";
import { Session } from "./login/session.js";
import type { Token } from "./login/token.js";
import type { CloudSettings } from "./settings/cloud-settings.js";

/** A token, and all that is needed for another. */
export interface LoggedIn {
  readonly settings: CloudSettings;
  readonly transport: Transport;
  readonly runtime: Runtime;
  readonly token: Token;
  readonly logInAgain: () => Promise<Token>;
}

/** The door to the cloud that the settings describe. Throws `bad-cloud-config` for an auth_url that is none. */
export function doorTo(settings: CloudSettings, transport: Transport, runtime: Runtime): Door {
  const keystone = endpointOf("identity", settings.authUrl);
  return { keystone, request: settings.logIn, transport, runtime };
}

/** The cloud as a token shows it; nothing is asked. Throws `bad-cloud-config` for a token of no project or region. */
export function openCloud(loggedIn: LoggedIn): OpenStack {
  const { settings, transport, runtime, token, logInAgain } = loggedIn;
  const keystone = endpointOf("identity", settings.authUrl);
  const project = token.project ?? refuseScope(settings);
  const region = chooseRegion(token.catalog, settings.region, settings.services);
  const session = new Session(token, logInAgain);
  const endpoint = (type: ServiceType) => endpointIn(loggedIn, type, region);
  const service = (find: () => Endpoint, microversion = NO_MICROVERSION) =>
    new HttpService({ endpoint: find, session, transport, microversion, runtime });
  const { override, isChosen } = settings.services.identity;
  const isElsewhere = override !== undefined || isChosen === true;
  return {
    identity: {
      name: settings.name,
      authUrl: formatEndpoint(keystone),
      ...(region !== undefined && { region }),
      project,
      user: token.user,
    },
    login: describeLogin(settings, keystone, token, region),
    runtime,
    keystone: service(() => (isElsewhere ? endpoint("identity") : keystone)),
    nova: service(() => endpoint("compute"), computeMicroversion()),
    neutron: service(() => endpoint("network")),
  };
}

/** Where an API is. Throws `bad-cloud-config` where the catalog does not say. */
export function endpointIn(
  { settings, token }: LoggedIn,
  type: ServiceType,
  region: string | undefined,
): Endpoint {
  const url = findUrl(token.catalog, type, region, settings.services[type]);
  return endpointOf(type, url, token.project?.id);
}

function describeLogin(
  settings: CloudSettings,
  keystone: Endpoint,
  token: Token,
  region: string | undefined,
): Login {
  const { applicationCredential } = token;
  const { tls } = settings;
  return {
    roles: token.roles,
    ...(applicationCredential && { applicationCredential }),
    authUrl: formatEndpoint(keystone),
    ...(region !== undefined && { region }),
    interface: settings.interfaces[0] ?? "public",
    ...(tls.authorities && { cacert: tls.authorities.path }),
    ...tls.files,
    verify: tls.verify,
  };
}

function refuseScope(settings: CloudSettings): never {
  throw new OutsideError(
    "bad-cloud-config",
    `the log-in of ${settings.logIn.subject} to "${settings.name}" is not scoped to a project`,
    {
      help: "Give project_name and project_domain_name, or project_id; security groups belong to a project.",
    },
  );
}
