import { Agent, type Dispatcher } from "undici";
import type { TlsSettings } from "../settings/tls.js";
import { MOST_AT_ONCE } from "./concurrency.js";
import { connectionFailure } from "./connection-failure.js";
import type { HttpAnswer, HttpRequest, Outcome, Transport } from "./exchange.js";

/** Larger than any list of a real project; what is longer is no answer of these APIs. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
const CONNECT_MILLISECONDS = 10_000;

export interface TransportOptions {
  readonly tls: TlsSettings;
  /** How long a request may be silent, in milliseconds; 0 is for ever. */
  readonly timeout: number;
}

/** Opens a pool of kept connections. Redirects are not followed: the token stays with its origin. */
export function openTransport({ tls, timeout }: TransportOptions): Transport {
  const key = tls.privateKey?.reveal();
  const agent = new Agent({
    connections: MOST_AT_ONCE,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    maxResponseSize: MAX_BODY_BYTES,
    connect: {
      timeout: timeout === 0 ? CONNECT_MILLISECONDS : Math.min(timeout, CONNECT_MILLISECONDS),
      rejectUnauthorized: tls.verify,
      ...(tls.authorities && { ca: tls.authorities.pem }),
      ...(tls.certificate !== undefined && { cert: tls.certificate }),
      ...(typeof key === "string" && { key }),
    },
  });
  return {
    send: (request) => send(agent, request, timeout),
    close: () => agent.destroy(),
  };
}

async function send(agent: Agent, request: HttpRequest, timeout: number): Promise<Outcome> {
  try {
    const response = await agent.request({
      origin: request.origin,
      path: request.path,
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
    });
    return { kind: "answer", answer: await readAnswer(response) };
  } catch (cause) {
    return connectionFailure(request, cause, timeout);
  }
}

async function readAnswer(response: Dispatcher.ResponseData): Promise<HttpAnswer> {
  const headers = Object.entries(response.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : (value ?? ""),
  ]);
  return {
    status: response.statusCode,
    headers: Object.fromEntries(headers),
    body: await response.body.text(),
  };
}
