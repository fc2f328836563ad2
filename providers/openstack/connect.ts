import { OutsideError } from "../../engine/model/errors.js";
import type { Connection } from "../../engine/model/provider.js";
import type { Runtime } from "../../engine/model/runtime.js";
import type { JsonObject } from "../../engine/model/value.js";
import type { Login, OpenStack } from "./cloud.js";
import type { Transport } from "./http/exchange.js";
import { computeMicroversion, NO_MICROVERSION } from "./http/microversion.js";
import { HttpService } from "./http/service.js";
import { openTransport } from "./http/transport.js";
import { chooseRegion, findUrl } from "./login/catalog.js";
import { type Endpoint, endpointOf, formatEndpoint } from "./login/endpoint.js";
import { logInAt } from "./login/log-in.js";
import { Session } from "./login/session.js";
import type { Token } from "./login/token.js";
import {
  type CloudSettings,
  readCloudSettings,
  type ServiceType,
} from "./settings/cloud-settings.js";

/** Logs in, scoped to a project: one request. Throws OutsideError. */
export async function connect(
  settings: JsonObject,
  runtime: Runtime,
): Promise<Connection<OpenStack>> {
  const found = await readCloudSettings(settings, runtime);
  const transport = openTransport(found);
  try {
    const cloud = await openCloud(found, transport, runtime);
    return { cloud, identity: cloud.identity, close: () => transport.close() };
  } catch (error) {
    await transport.close();
    throw error;
  }
}

async function openCloud(
  settings: CloudSettings,
  transport: Transport,
  runtime: Runtime,
): Promise<OpenStack> {
  const keystone = endpointOf("identity", settings.authUrl);
  const logInAgain = logInAt({ keystone, request: settings.logIn, transport, runtime });
  const token = await logInAgain();
  const project = token.project ?? refuseScope(settings);
  const region = chooseRegion(token.catalog, settings.region);
  const session = new Session(token, logInAgain);
  const endpoint = (type: ServiceType): Endpoint => {
    const url = findUrl(token.catalog, type, region, settings.services[type]);
    return endpointOf(type, url, project.id);
  };
  const service = (find: () => Endpoint, microversion = NO_MICROVERSION) =>
    new HttpService({ endpoint: find, session, transport, microversion, runtime });
  const { override } = settings.services.identity;
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
    keystone: service(() => (override ? endpointOf("identity", override) : keystone)),
    nova: service(() => endpoint("compute"), computeMicroversion()),
    neutron: service(() => endpoint("network")),
  };
}

function describeLogin(
  settings: CloudSettings,
  keystone: Endpoint,
  token: Token,
  region: string | undefined,
): Login {
  const { applicationCredential } = token;
  return {
    roles: token.roles,
    ...(applicationCredential && { applicationCredential }),
    authUrl: formatEndpoint(keystone),
    ...(region !== undefined && { region }),
    interface: settings.services.identity.interfaces[0] ?? "public",
    ...(settings.tls.authorities && { cacert: settings.tls.authorities.path }),
    verify: settings.tls.verify,
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
