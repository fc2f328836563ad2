import type { Dispatcher } from "undici";
import { connectionFailure, UselessAnswer } from "./connection-failure.js";
import { Dispatchers, MAX_BODY_BYTES, type TransportOptions } from "./dispatchers.js";
import type { HttpAnswer, HttpRequest, Outcome, Transport } from "./exchange.js";
import { harmless } from "./harmless.js";
import { spellBody, spellHeaders } from "./spell.js";

/** Opens pools of kept connections. Redirects are not followed: the token stays with its origin. */
export function openUndici(options: TransportOptions): Transport {
  const dispatchers = new Dispatchers(options);
  return {
    send: (request) => send(dispatchers, request, options),
    close: () => dispatchers.close(),
  };
}

/** An answer that comes in pieces has so many times the silence that is borne, and then no more. */
const TIMES_SILENCE = 5;
/** undici's own clock ticks once a second; what is silent is to be told as that. */
const SHORTEST_MILLISECONDS = 5000;
/** No signal comes later. */
const LONGEST = 2 ** 32 - 1;

async function send(
  dispatchers: Dispatchers,
  request: HttpRequest,
  {
    timeout,
    deadline = Math.max(timeout * TIMES_SILENCE, SHORTEST_MILLISECONDS),
  }: TransportOptions,
): Promise<Outcome> {
  const dispatcher = dispatchers.for(request.origin);
  try {
    const response = await dispatcher.request({
      origin: request.origin,
      path: request.path,
      method: request.method,
      headers: { "accept-encoding": "identity", ...spellHeaders(request) },
      body: spellBody(request) ?? null,
      ...(timeout > 0 && { signal: AbortSignal.timeout(Math.min(deadline, LONGEST)) }),
    });
    const way = dispatchers.secretsTo(request.origin);
    const answer = await readAnswer(response);
    return { kind: "answer", answer: way.length > 0 ? { ...answer, way } : answer };
  } catch (cause) {
    const proxy = dispatchers.proxyOf(request.origin);
    return connectionFailure(request, cause, { timeout, ...(proxy !== undefined && { proxy }) });
  }
}

async function readAnswer(response: Dispatcher.ResponseData): Promise<HttpAnswer> {
  const headers: Record<string, string> = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
  const useless = uselessness(headers);
  if (useless) {
    // Its end before its time is told to listeners, and is a crash without any.
    response.body.on("error", () => {}).destroy();
    throw useless;
  }
  const bytes = await response.body.arrayBuffer();
  return { status: response.statusCode, headers, body: decodeText(bytes, response.statusCode) };
}

/** Why an answer is of no use before it is read. Nothing is unpacked: what is small stays small. */
function uselessness(headers: Readonly<Record<string, string>>): UselessAnswer | undefined {
  if (Number(headers["content-length"]) > MAX_BODY_BYTES) {
    return new UselessAnswer("the answer is too large");
  }
  const encoding = headers["content-encoding"] ?? "identity";
  if (/^(?:identity)?$/iu.test(encoding)) return undefined;
  const name = harmless(encoding);
  return new UselessAnswer(`the answer is packed (${name}), which was not asked for`);
}

/** What succeeded is UTF-8, as JSON must be (RFC 8259, 8.1); pages about errors may be anything. */
function decodeText(bytes: ArrayBuffer, status: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: status < 300 }).decode(bytes);
  } catch {
    throw new UselessAnswer("the answer is not UTF-8 text");
  }
}
