import { Hono } from "hono";
import type { Cloud, Token } from "../cloud.js";
import { type Bindings, type Call, endpoint, type Handler, type Reply } from "../http.js";
import * as rules from "./access-rules.js";
import { identify } from "./admission.js";
import * as credentials from "./application-credentials.js";
import { logIn } from "./authentication.js";
import * as directory from "./directory.js";
import { deleteToken, showToken } from "./own-tokens.js";
import * as assignments from "./role-assignments.js";
import { showVersion, showVersions } from "./versions.js";

type KeystoneHandler = (cloud: Cloud, call: Call, token: Token) => Reply;
type Methods = Readonly<Partial<Record<"GET" | "POST" | "PUT" | "DELETE", KeystoneHandler>>>;

/** What there is for those who are logged in. */
const ROUTES: Readonly<Record<string, Methods>> = {
  "/auth/catalog": { GET: directory.showCatalog },
  "/auth/projects": { GET: directory.listOwnProjects },
  "/users": { GET: directory.listUsers },
  "/users/:user": { GET: directory.showUser },
  "/users/:user/projects": { GET: directory.listOwnProjects },
  "/users/:user/application_credentials": {
    GET: credentials.listCredentials,
    POST: credentials.postCredential,
  },
  "/users/:user/application_credentials/:id": {
    GET: credentials.showCredential,
    DELETE: credentials.deleteCredential,
  },
  "/users/:user/access_rules": { GET: rules.listAccessRules },
  "/users/:user/access_rules/:id": {
    GET: rules.showAccessRule,
    DELETE: rules.deleteAccessRule,
  },
  "/projects": { GET: directory.listProjects },
  "/projects/:project": { GET: directory.showProject },
  "/roles": { GET: directory.listRoles, POST: assignments.postRole },
  "/roles/:role": { DELETE: assignments.deleteRole },
  "/projects/:project/users/:user/roles": { GET: assignments.listAssigned },
  "/projects/:project/users/:user/roles/:role": {
    PUT: assignments.assignRole,
    DELETE: assignments.unassignRole,
  },
  "/domains/:domain": { GET: directory.showDomain },
};

const NOT_FOUND =
  "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n" +
  "<p>The requested URL was not found on the server.</p>\n";

/** The Keystone API, mounted at its unversioned root. */
export function keystone(cloud: Cloud): Hono<Bindings> {
  const app = new Hono<Bindings>();
  const on = (method: string, path: string, handler: Handler) => {
    app.on(method, path, endpoint(withVary(handler)));
  };
  on("GET", "/", () => showVersions(cloud));
  on("GET", "/v3", () => showVersion(cloud));
  on("POST", "/v3/auth/tokens", (call) => logIn(cloud, call));
  const guarded = (handler: KeystoneHandler) => (call: Call) =>
    handler(cloud, call, identify(cloud, call));
  on("GET", "/v3/auth/tokens", guarded(showToken));
  on("DELETE", "/v3/auth/tokens", guarded(deleteToken));
  for (const [path, methods] of Object.entries(ROUTES)) {
    for (const [method, handler] of Object.entries(methods)) {
      on(
        method,
        `/v3${path}`,
        guarded((...given) => handler(...given)),
      );
    }
    app.all(
      `/v3${path}`,
      endpoint(() => refuseMethod(Object.keys(methods))),
    );
  }
  app.all(
    "/*",
    endpoint(() => ({ status: 404, html: NOT_FOUND })),
  );
  return app;
}

function withVary(handler: Handler): Handler {
  return (call) => {
    const reply = handler(call);
    return { ...reply, headers: { vary: "X-Auth-Token", ...reply.headers } };
  };
}

function refuseMethod(allowed: readonly string[]): Reply {
  return {
    status: 405,
    headers: { allow: ["OPTIONS", "HEAD", ...allowed].join(", ") },
    json: { message: "The method is not allowed for the requested URL." },
  };
}
