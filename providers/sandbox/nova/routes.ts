import { Hono } from "hono";
import type { Cloud, Token } from "../cloud.js";
import { type Bindings, type Call, endpoint, type Handler, Refusal, type Reply } from "../http.js";
import { admit } from "../keystone/admission.js";
import { NO_SUCH_PATH } from "./errors.js";
import { deleteKeyPair, listKeyPairs, postKeyPair, showKeyPair } from "./key-pairs.js";
import { type Microversion, readMicroversion, withVersion } from "./microversion.js";
import {
  deleteQuotaSet,
  listServers,
  putQuotaSet,
  showLimits,
  showQuotaSet,
  showQuotaUse,
} from "./quotas.js";
import { showVersion, showVersions } from "./versions.js";

type NovaHandler = (cloud: Cloud, call: Call, token: Token, version: Microversion) => Reply;

/** The Nova API, mounted at its unversioned root. */
export function nova(cloud: Cloud): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.get(
    "/",
    endpoint(() => showVersions(cloud)),
  );
  app.get("/v2.1", endpoint(versioned(() => showVersion(cloud))));
  const on = (method: string, path: string, handler: NovaHandler) => {
    app.on(method, `/v2.1${path}`, endpoint(exact(versioned(admitted(cloud, handler)))));
  };
  on("GET", "/os-keypairs", listKeyPairs);
  on("POST", "/os-keypairs", postKeyPair);
  on("GET", "/os-keypairs/:name", showKeyPair);
  on("DELETE", "/os-keypairs/:name", deleteKeyPair);
  on("GET", "/limits", showLimits);
  on("GET", "/os-quota-sets/:project", showQuotaSet);
  on("PUT", "/os-quota-sets/:project", putQuotaSet);
  on("DELETE", "/os-quota-sets/:project", deleteQuotaSet);
  on("GET", "/os-quota-sets/:project/detail", showQuotaUse);
  on("GET", "/servers", listServers);
  on("GET", "/servers/detail", listServers);
  app.all(
    "/v2.1/*",
    endpoint((call) => {
      admit(cloud, call, "compute");
      return NO_SUCH_PATH;
    }),
  );
  app.all(
    "/*",
    endpoint(() => NO_SUCH_PATH),
  );
  return app;
}

type Versioned = (call: Call, version: Microversion) => Reply;

function admitted(cloud: Cloud, handler: NovaHandler): Versioned {
  return (call, version) => handler(cloud, call, admit(cloud, call, "compute"), version);
}

/** Nova knows no path with a slash at its end. */
function exact(handler: Handler): Handler {
  return (call) => (call.path.endsWith("/") ? NO_SUCH_PATH : handler(call));
}

/** Answers and refusals of a handler tell the microversion; refusals of the token do not. */
function versioned(handler: Versioned): Handler {
  return (call) => {
    const version = readMicroversion(call);
    try {
      return withVersion(handler(call, version), `2.${version}`);
    } catch (error) {
      if (!(error instanceof Refusal) || error.reply.status === 401) throw error;
      throw new Refusal(withVersion(error.reply, `2.${version}`));
    }
  };
}
