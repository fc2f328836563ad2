import { randomUUID } from "node:crypto";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono, type Next } from "hono";
import type { Cloud } from "./cloud.js";
import { type Bindings, type Reply, toResponse } from "./http.js";
import { keystone } from "./keystone/routes.js";
import { neutron } from "./neutron/routes.js";
import { nova } from "./nova/routes.js";
import type { Journal } from "./store/journal.js";

/** What watches the requests. */
export interface Hooks {
  /** Sees a request before it takes effect; where it throws, the connection is cut. */
  readonly onRequest?: (request: {
    readonly method: string;
    /** With the prefix of the service and the query. */
    readonly path: string;
    /** Parsed JSON, or the text where it is none; absent for an empty body. */
    readonly body?: unknown;
  }) => void | Promise<void>;
  /** Sees an answer before it is sent, when the request has taken effect; may throw as well. */
  readonly onResponse?: (response: {
    readonly method: string;
    readonly path: string;
    readonly status: number;
  }) => void | Promise<void>;
  /**
   * Answers in the cloud's stead, if it likes: before a request takes effect, which it then never
   * does, or after. Where it throws, the connection is cut.
   */
  readonly instead?: (
    moment: "before" | "after",
    request: { readonly method: string; readonly path: string },
  ) => Reply | undefined;
}

/** The three APIs behind their path prefixes. */
export function createApp(cloud: Cloud, journal: Journal, hooks: Hooks): Hono<Bindings> {
  const app = new Hono<Bindings>({ strict: false });
  app.use(async (context, next) => {
    try {
      await watch(context, next, journal, hooks);
    } catch {
      context.env.incoming.socket.destroy();
      context.res = RESPONSE_ALREADY_SENT;
    }
  });
  app.use(refuseBrowsers);
  app.route("/identity", keystone(cloud));
  app.route("/compute", nova(cloud));
  app.route("/networking", neutron(cloud));
  app.onError((_error, context) => context.text("Internal Server Error", 500));
  return app;
}

/** Only browsers tell an origin, and what a page sends to this machine is no work of its user. */
async function refuseBrowsers(
  context: Context<Bindings>,
  next: Next,
): Promise<Response | undefined> {
  if (context.req.header("origin") !== undefined) {
    return context.text("This cloud is not for browsers.", 403);
  }
  await next();
  return undefined;
}

async function watch(
  context: Context<Bindings>,
  next: Next,
  journal: Journal,
  hooks: Hooks,
): Promise<void> {
  const { method, url } = context.req;
  const { pathname, search } = new URL(url);
  const path = pathname + search;
  const body = await context.req.text();
  context.set("body", body);
  await hooks.onRequest?.({ method, path, ...(body !== "" && { body: parsed(body) }) });
  const refusal = hooks.instead?.("before", { method, path });
  if (refusal) {
    context.res = toResponse(refusal);
    return;
  }
  await next();
  journal.commit();
  await hooks.onResponse?.({ method, path, status: context.res.status });
  const loss = hooks.instead?.("after", { method, path });
  if (loss) context.res = toResponse(loss);
  context.header("x-openstack-request-id", `req-${randomUUID()}`);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
