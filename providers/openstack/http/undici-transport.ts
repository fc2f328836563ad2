import type { Dispatcher } from "undici";
import { connectionFailure } from "./connection-failure.js";
import { Dispatchers, type TransportOptions } from "./dispatchers.js";
import type { HttpAnswer, HttpRequest, Outcome, Transport } from "./exchange.js";
import { spellBody, spellHeaders } from "./spell.js";

/** Opens pools of kept connections. Redirects are not followed: the token stays with its origin. */
export function openUndici(options: TransportOptions): Transport {
  const dispatchers = new Dispatchers(options);
  return {
    send: (request) => send(dispatchers, request, options.timeout),
    close: () => dispatchers.close(),
  };
}

async function send(
  dispatchers: Dispatchers,
  request: HttpRequest,
  timeout: number,
): Promise<Outcome> {
  try {
    const response = await dispatchers.for(request.origin).request({
      origin: request.origin,
      path: request.path,
      method: request.method,
      headers: spellHeaders(request),
      body: spellBody(request) ?? null,
    });
    return { kind: "answer", answer: await readAnswer(response) };
  } catch (cause) {
    const proxy = dispatchers.proxyOf(request.origin);
    return connectionFailure(request, cause, { timeout, ...(proxy !== undefined && { proxy }) });
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
