import { Hono } from "hono";
import type { Cloud } from "../cloud.js";
import { type Bindings, type Call, endpoint, type Reply } from "../http.js";
import { admit } from "../keystone/admission.js";
import * as addressGroups from "./address-groups.js";
import { readBody } from "./attributes.js";
import * as defaultRules from "./default-rules.js";
import { forbidden, neutronError, noSuchGroup, noSuchResource } from "./errors.js";
import { listExtensions, showExtension } from "./extensions.js";
import * as groups from "./groups.js";
import { tellable } from "./offered.js";
import * as ports from "./ports.js";
import * as quotas from "./quotas.js";
import * as policies from "./rbac-policies.js";
import { type Requester, requesterOf } from "./requester.js";
import * as rules from "./rules.js";
import * as tags from "./tags.js";

type NeutronHandler = (cloud: Cloud, call: Call, requester: Requester) => Reply;
type Methods = Readonly<Partial<Record<"GET" | "POST" | "PUT" | "DELETE", NeutronHandler>>>;

/** What there is; a more special path stands before a more general one. */
const ROUTES: Readonly<Record<string, Methods>> = {
  "/security-groups": {
    GET: groups.listGroups,
    POST: groups.postGroups,
    PUT: refuseNoGroup,
    DELETE: refuseNoGroup,
  },
  "/security-groups/:id": {
    GET: groups.showGroup,
    PUT: groups.putGroup,
    DELETE: groups.deleteGroup,
  },
  "/security-group-rules": { GET: rules.listRules, POST: rules.postRules },
  "/security-group-rules/:id": {
    GET: rules.showRule,
    PUT: rules.putRule,
    DELETE: rules.deleteRule,
  },
  "/address-groups": {
    GET: addressGroups.listAddressGroups,
    POST: addressGroups.postAddressGroups,
  },
  "/address-groups/:id": {
    GET: addressGroups.showAddressGroup,
    PUT: addressGroups.putAddressGroup,
    DELETE: addressGroups.deleteAddressGroup,
  },
  "/address-groups/:id/add_addresses": { PUT: addressGroups.addAddresses },
  "/address-groups/:id/remove_addresses": { PUT: addressGroups.removeAddresses },
  "/rbac-policies": { GET: policies.listPolicies, POST: policies.postPolicy },
  "/rbac-policies/:id": { GET: policies.showPolicy, DELETE: policies.deletePolicy },
  "/networks": { GET: ports.listNetworks, POST: ports.postNetwork },
  "/networks/:id": { GET: ports.showNetwork, DELETE: ports.deleteNetwork },
  "/ports": { GET: ports.listPorts, POST: ports.postPort },
  "/ports/:id": { GET: ports.showPort, PUT: ports.putPort, DELETE: ports.deletePort },
  "/security-groups/:id/tags": {
    GET: tags.listTags,
    POST: tags.postTags,
    PUT: tags.putTags,
    DELETE: tags.deleteTags,
  },
  "/security-groups/:id/tags/:tag": {
    GET: tags.showTag,
    PUT: tags.putTag,
    DELETE: tags.deleteTag,
  },
  "/quotas": { GET: listQuotas },
  "/quotas/tenant": { GET: ownProject },
  "/quotas/project": { GET: ownProject },
  "/quotas/:project": {
    GET: (cloud, call, who) => quotas.showQuota(cloud, call.segment("project"), who),
    PUT: (cloud, call, who) =>
      quotas.updateQuota(cloud, call.segment("project"), who, readBody(call)),
    DELETE: (cloud, call, who) => quotas.resetQuota(cloud, call.segment("project"), who),
  },
  "/quotas/:project/default": {
    GET: (cloud, call, who) => quotas.showDefaultQuota(cloud, call.segment("project"), who),
  },
  "/quotas/:project/details.json": {
    GET: (cloud, call, who) => quotas.showUsage(cloud, call.segment("project"), who),
  },
  "/default-security-group-rules": {
    GET: defaultRules.listDefaultRules,
    POST: defaultRules.postDefaultRule,
  },
  "/default-security-group-rules/:id": {
    GET: defaultRules.showDefaultRule,
    DELETE: defaultRules.deleteDefaultRule,
  },
  "/extensions": { GET: listExtensions },
  "/extensions/:alias": { GET: (cloud, call) => showExtension(cloud, call.segment("alias")) },
};

/** Paths that are there only with an extension, by their beginning. */
const NEEDED: Readonly<Record<string, string>> = {
  "/address-groups": "address-group",
  "/default-security-group-rules": "security-groups-default-rules",
};

/** The Neutron API, mounted at its unversioned root. */
export function neutron(cloud: Cloud): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.get(
    "/",
    endpoint(() => versions(cloud)),
  );
  for (const [path, methods] of Object.entries(ROUTES)) {
    const [needed] = Object.entries(NEEDED).filter(([start]) => path.startsWith(start));
    if (needed && !cloud.extensions.has(needed[1])) continue;
    for (const [method, handler] of Object.entries(methods)) {
      app.on(method, `/v2.0${path}`, admitted(cloud, handler));
    }
    app.all(`/v2.0${path}`, admitted(cloud, refuseMethod));
  }
  app.all("/v2.0/*", admitted(cloud, refusePath));
  app.all("/v2.0", admitted(cloud, refusePath));
  return app;
}

function admitted(cloud: Cloud, handler: NeutronHandler) {
  return endpoint((call) => {
    const token = admit(cloud, call, "network");
    const reply = handler(cloud, call, requesterOf(cloud, token));
    return reply.json === undefined ? reply : { ...reply, json: tellable(cloud, reply.json) };
  });
}

function refuseMethod(): Reply {
  throw neutronError(
    405,
    "HTTPMethodNotAllowed",
    "The server could not comply with the request since it is either malformed or otherwise " +
      "incorrect.",
  );
}

/** Zed takes a missing id for one that is not there. */
function refuseNoGroup(): Reply {
  throw noSuchGroup("None");
}

function refusePath(): Reply {
  throw noSuchResource();
}

function listQuotas(cloud: Cloud, _call: Call, requester: Requester): Reply {
  if (!requester.isAdmin) throw forbidden("get_quota");
  const rows = cloud.tables.quotas.all();
  return {
    status: 200,
    json: { quotas: rows.map((it) => ({ ...it.limits, project_id: it.id, tenant_id: it.id })) },
  };
}

function ownProject(_cloud: Cloud, _call: Call, { projectId }: Requester): Reply {
  return { status: 200, json: { tenant: { tenant_id: projectId } } };
}

function versions(cloud: Cloud): Reply {
  const href = `${cloud.urls.network}/v2.0/`;
  const version = { id: "v2.0", status: "CURRENT", links: [{ rel: "self", href }] };
  return { status: 200, json: { versions: [version] } };
}
