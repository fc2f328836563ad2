import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A small OpenID Connect issuer: a discovery document and a token endpoint (RFC 6749). */
export interface OidcIssuer {
  readonly origin: string;
  readonly discovery: string;
  readonly tokenEndpoint: string;
  /** The forms that it was sent. */
  readonly forms: readonly Readonly<Record<string, string>>[];
  /** An access token, as a browser's log-in would bring. */
  issue(): string;
  /** Whether it issued this access token. */
  accepts(token: string): boolean;
}

export interface OidcIssuerOptions {
  /** Secrets by client; undefined for a public client. */
  readonly clients: Readonly<Record<string, string | undefined>>;
  readonly users: Readonly<Record<string, string>>;
}

interface Test {
  teardown(end: () => Promise<void>): void;
}

export async function oidcIssuer(test: Test, options: OidcIssuerOptions): Promise<OidcIssuer> {
  const issued = new Set<string>();
  const forms: Readonly<Record<string, string>>[] = [];
  const issue = () => {
    const token = randomUUID();
    issued.add(token);
    return token;
  };
  let origin = "";
  const grant = (form: Readonly<Record<string, string>>, authorization: string | undefined) => {
    const client = clientOf(form, authorization);
    if (!(client.id in options.clients) || options.clients[client.id] !== client.secret) {
      return { status: 401, body: { error: "invalid_client", error_description: "who are you?" } };
    }
    const isUser = options.users[form.username ?? ""] === form.password;
    if (form.grant_type === "password" && !isUser) {
      return { status: 400, body: { error: "invalid_grant" } };
    }
    return { status: 200, body: { access_token: issue(), token_type: "Bearer" } };
  };
  const server = createServer(async (request, response) => {
    const answer = async () => {
      if (request.url === "/.well-known/openid-configuration") {
        return { status: 200, body: { issuer: origin, token_endpoint: `${origin}/token` } };
      }
      if (request.url !== "/token") return { status: 200, body: {} };
      const form = await readForm(request);
      forms.push(form);
      return grant(form, request.headers.authorization);
    };
    const { status, body } = await answer();
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  test.teardown(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    origin,
    discovery: `${origin}/.well-known/openid-configuration`,
    tokenEndpoint: `${origin}/token`,
    forms,
    issue,
    accepts: (token) => issued.has(token),
  };
}

function clientOf(
  form: Readonly<Record<string, string>>,
  authorization: string | undefined,
): { readonly id: string; readonly secret: string | undefined } {
  if (authorization === undefined) return { id: form.client_id ?? "", secret: undefined };
  const pair = Buffer.from(authorization.replace("Basic ", ""), "base64").toString();
  const [id = "", secret] = pair.split(":").map(decodeURIComponent);
  return { id, secret };
}

async function readForm(request: IncomingMessage): Promise<Readonly<Record<string, string>>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString()));
}
