import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";

/** A cloud behind a proxy that repeats what it is sent, and remembers the tokens that it gave. */
export interface EchoingCloud {
  readonly origin: string;
  readonly tokens: ReadonlySet<string>;
  /** Requests that match are refused (by default with 400), and all that was sent is repeated; by default none. */
  refuse(pattern: RegExp | undefined, status?: number): void;
  /** Resolves as soon as a request comes that matches. */
  passing(pattern: RegExp): Promise<void>;
}

interface Test {
  teardown(end: () => Promise<void>): void;
}

/** In what is sent on, `swap` replaces texts: the cloud's own password may so be a canary here. */
export async function startEchoingCloud(
  test: Test,
  target: string,
  swap: readonly [string, string],
): Promise<EchoingCloud> {
  const tokens = new Set<string>();
  let refused: RegExp | undefined;
  let refusal = 400;
  let origin = "";
  let seen: (line: string) => void = () => {};
  const server = createServer(async (incoming, response) => {
    const body = await textOf(incoming);
    seen(`${incoming.method} ${incoming.url}`);
    if (refused?.test(`${incoming.method} ${incoming.url}`)) {
      const sent = `${JSON.stringify(incoming.headers)} ${body}`;
      const message = `not understood: ${sent}`;
      response.writeHead(refusal, {
        "content-type": "application/json",
        location: `/?sent=${encodeURIComponent(sent)}`,
        "x-openstack-request-id": `req-${incoming.headers["x-auth-token"]}`,
      });
      response.end(JSON.stringify({ error: { code: 400, title: "Bad Request", message } }));
      return;
    }
    const sent = body.replaceAll(...swap);
    const headers = { ...incoming.headers, "content-length": String(Buffer.byteLength(sent)) };
    const onward = request(
      new URL(incoming.url ?? "", target),
      { method: incoming.method ?? "GET", headers },
      async (answer) => {
        const token = answer.headers["x-subject-token"];
        if (typeof token === "string") tokens.add(token);
        const text = (await textOf(answer)).replaceAll(target, origin);
        const length = String(Buffer.byteLength(text));
        const { "transfer-encoding": _, ...kept } = answer.headers;
        response.writeHead(answer.statusCode ?? 502, { ...kept, "content-length": length });
        response.end(text);
      },
    );
    onward.end(sent);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.teardown(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    tokens,
    refuse: (pattern, status = 400) => {
      refused = pattern;
      refusal = status;
    },
    passing: (pattern) =>
      new Promise((resolve) => {
        seen = (line) => {
          if (pattern.test(line)) resolve();
        };
      }),
  };
}

async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
