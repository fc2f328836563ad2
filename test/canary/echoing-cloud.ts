import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { CANARY } from "./canaries.js";
import { REAL_LOG_IN, rewritten, toldIn } from "./log-in-as.js";
import { RESPELLINGS, type Respelling } from "./respell.js";
import { type Secret, textSecret } from "./secret.js";

/** A cloud behind a proxy that repeats what it is sent, and remembers the secrets that passed. */
export interface EchoingCloud {
  readonly origin: string;
  /** Tokens that it gave, passcodes and secrets of credentials that it was given. */
  readonly passed: readonly Secret[];
  /** Requests that match are refused, and all that was sent is repeated; by default none. */
  refuse(pattern: RegExp | undefined, how?: Pick<Respelling, "status" | "type" | "spell">): void;
  /** Calls back as soon as a request comes that matches, before it is answered. */
  at(pattern: RegExp, callback: () => void): void;
}

export interface EchoingCloudOptions {
  /** The origin of the cloud. */
  readonly target: string;
  /** Texts that prove who logs in. */
  readonly accepted: readonly string[];
  /** It speaks TLS, and asks for certificates that this authority vouches for. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly ca: string };
}

interface Test {
  teardown(end: () => Promise<void>): void;
}

const AS_IT_CAME = RESPELLINGS[0];

export async function startEchoingCloud(
  test: Test,
  { target, accepted, tls }: EchoingCloudOptions,
): Promise<EchoingCloud> {
  const passed: Secret[] = [];
  let [refused, how] = [
    undefined as RegExp | undefined,
    AS_IT_CAME as Parameters<EchoingCloud["refuse"]>[1],
  ];
  let watched: readonly [RegExp, () => void] | undefined;
  let origin = "";
  const pass = (owner: string, text: string) => passed.push(textSecret(owner, owner, text));

  const echo = (incoming: IncomingMessage, body: string, response: ServerResponse) => {
    if (!how) return;
    const sent = { headers: incoming.headers, body };
    response.writeHead(how.status, {
      "content-type": how.type,
      location: `/?sent=${encodeURIComponent(JSON.stringify(sent))}`,
      "proxy-authenticate": "Basic",
      "x-openstack-request-id": `req-${incoming.headers["x-auth-token"]}`,
    });
    response.end(how.spell(sent));
  };

  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = await textOf(incoming);
    const line = `${incoming.method} ${incoming.url}`;
    for (const [owner, text] of toldIn(body)) pass(owner, text);
    if (watched?.[0].test(line)) {
      const [, callback] = watched;
      watched = undefined;
      callback();
    }
    if (refused?.test(line)) return echo(incoming, body, response);
    if (line === "POST /issuer") return issue(response);
    const federated = line.includes("/OS-FEDERATION/");
    if (federated && !proves(incoming, accepted)) {
      response.writeHead(401).end();
      return;
    }
    const onward = federated ? JSON.stringify(REAL_LOG_IN) : rewritten(body, accepted);
    const path = federated ? "/identity/v3/auth/tokens" : (incoming.url ?? "");
    sendOn({ incoming, path, body: onward, target }, async (got) => {
      const token = got.headers["x-subject-token"];
      if (typeof token === "string") pass("token", token);
      const text = (await textOf(got)).replaceAll(target, origin);
      const { "transfer-encoding": _, ...kept } = got.headers;
      const length = String(Buffer.byteLength(text));
      response.writeHead(got.statusCode ?? 502, { ...kept, "content-length": length });
      response.end(text);
    });
  };

  const server = tls
    ? createTlsServer({ ...tls, requestCert: true, rejectUnauthorized: true }, answer)
    : createServer(answer);
  server.on("connect", (incoming, socket) => {
    const words = how?.spell({ headers: incoming.headers, body: "" });
    socket.end(`HTTP/1.1 407 ${incoming.headers["proxy-authorization"]}\r\n\r\n${words}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.teardown(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  origin = tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
  return {
    origin,
    passed,
    refuse: (pattern, next = AS_IT_CAME) => {
      [refused, how] = [pattern, next];
    },
    at: (pattern, callback) => {
      watched = [pattern, callback];
    },
  };
}

/** As an issuer of OpenID Connect does (RFC 6749, 5.1). */
function issue(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ access_token: CANARY.issuedToken, token_type: "Bearer" }));
}

function proves({ headers }: IncomingMessage, accepted: readonly string[]): boolean {
  return accepted.some((it) => headers.authorization === `Bearer ${it}`);
}

interface Onward {
  readonly incoming: IncomingMessage;
  readonly path: string;
  readonly body: string;
  readonly target: string;
}

function sendOn(
  { incoming, path, body, target }: Onward,
  answered: (answer: IncomingMessage) => Promise<void>,
): void {
  const { authorization: _, ...headers } = incoming.headers;
  const length = String(Buffer.byteLength(body));
  const typed = { ...headers, "content-type": "application/json", "content-length": length };
  const onward = request(
    new URL(path, target),
    { method: incoming.method ?? "GET", headers: body === "" ? headers : typed },
    answered,
  );
  // The program was killed, or the cloud is closed.
  onward.on("error", () => incoming.destroy());
  onward.end(body);
}

async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
