import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Json } from "../../engine/model/value.js";

/** A request as the three APIs see it. */
export interface Call {
  readonly method: string;
  /** As sent, with the prefix of the service: what access rules are matched with. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The part of the address behind the host, for links. */
  readonly target: string;
  /** A named segment of the path, decoded. */
  segment(name: string): string;
  header(name: string): string | undefined;
  /** As sent; empty where there is none. */
  readonly body: string;
}

/** An answer. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. Neither this nor `html`: no content. */
  readonly json?: Json;
  readonly html?: string;
}

/** An answer that ends the handling of a call. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(readonly reply: Reply) {
    super(`refused with ${reply.status}`);
  }
}

/** What the router hands on: the sockets, and the body, which is read once. */
export interface Bindings {
  readonly Bindings: HttpBindings;
  readonly Variables: { readonly body: string };
}

/** Decides a call; refuses it by throwing a Refusal. */
export type Handler = (call: Call) => Reply;

/** A handler as the router takes it. */
export function endpoint(handler: Handler): (context: Context<Bindings>) => Response {
  return (context) => toResponse(settle(handler, toCall(context)));
}

function toCall(context: Context<Bindings>): Call {
  const url = new URL(context.req.url);
  return {
    method: context.req.method,
    path: url.pathname,
    query: url.searchParams,
    target: url.pathname + url.search,
    segment: (name) => context.req.param(name) ?? "",
    header: (name) => context.req.header(name),
    body: context.get("body"),
  };
}

function settle(handler: Handler, call: Call): Reply {
  try {
    return handler(call);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

export function toResponse(reply: Reply): Response {
  const { status, headers } = reply;
  if (reply.html !== undefined) {
    const type = { "content-type": "text/html; charset=utf-8" };
    return new Response(reply.html, { status, headers: { ...type, ...headers } });
  }
  if (reply.json === undefined) return new Response(null, { status, headers: { ...headers } });
  const type = { "content-type": "application/json" };
  return new Response(JSON.stringify(reply.json), { status, headers: { ...type, ...headers } });
}
