import { createHash } from "node:crypto";
import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud, Token } from "../cloud.js";

const DOMAIN = { id: "default", name: "Default" };

/** What a token is, as its owner reads it. */
export function tokenView(cloud: Cloud, token: Token, withCatalog: boolean): JsonObject {
  const { users, projects, roles, credentials } = cloud.tables;
  const name = users.get(token.userId)?.name ?? "";
  const project = projects.get(token.projectId ?? "");
  const credential = credentials.get(token.credentialId ?? "");
  return {
    methods: token.methods,
    user: { domain: DOMAIN, id: token.userId, name, password_expires_at: null },
    audit_ids: [token.auditId],
    expires_at: keystoneTime(token.expiresAt),
    issued_at: keystoneTime(token.issuedAt),
    ...(project && {
      project: { domain: DOMAIN, id: project.id, name: project.name },
      is_domain: false,
      roles: token.roleIds.map((id) => ({ id, name: roles.get(id)?.name ?? "" })),
      ...(withCatalog && { catalog: catalog(cloud) }),
    }),
    ...(credential && {
      application_credential: {
        id: credential.id,
        name: credential.name,
        restricted: credential.unrestricted !== true,
        ...accessRulesOf(cloud, credential.accessRuleIds),
      },
    }),
  };
}

/** UTC with microseconds and `Z`. */
function keystoneTime(time: Date): string {
  return time.toISOString().replace(/(\.\d{3})Z$/u, "$1000Z");
}

/** `access_rules` where there are any, else nothing. */
export function accessRulesOf(cloud: Cloud, ids: readonly string[]): JsonObject {
  if (ids.length === 0) return {};
  const rules = ids.flatMap((id) => cloud.tables.accessRules.get(id) ?? []);
  return {
    access_rules: rules.map(({ id, service, path, method }) => ({ id, service, path, method })),
  };
}

/** The services, each under three interfaces of one region. */
export function catalog(cloud: Cloud): readonly JsonObject[] {
  const services = [
    { type: "identity", name: "keystone", url: `${cloud.urls.identity}/v3` },
    { type: "compute", name: "nova", url: `${cloud.urls.compute}/v2.1` },
    { type: "network", name: "neutron", url: cloud.urls.network },
  ];
  return services.map(({ type, name, url }) => ({
    endpoints: ["public", "internal", "admin"].map((face) => ({
      id: stableId(`${type} ${face}`),
      interface: face,
      region_id: "RegionOne",
      url,
      region: "RegionOne",
    })),
    id: stableId(type),
    type,
    name,
  }));
}

function stableId(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
