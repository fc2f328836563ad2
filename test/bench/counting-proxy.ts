import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";

/** Servers between a client and a cloud that count what passes. */
export interface CountingProxy {
  /** Where the client finds what is at an origin of the cloud. */
  originFor(target: string): string;
  /** Requests since the last call. */
  take(): number;
  close(): Promise<void>;
}

/**
 * One server on a loopback port for each origin. Wherever an answer names one of the cloud's origins,
 * as the catalog does, it names the server in front of it. (A forward proxy will not do: Go programs
 * use none for loopback addresses.)
 */
export async function startCountingProxy(targets: readonly string[]): Promise<CountingProxy> {
  let count = 0;
  const agent = new Agent({ keepAlive: true });
  const origins = new Map<string, string>();
  const translate = (text: string) =>
    [...origins].reduce((all, [target, origin]) => all.replaceAll(target, origin), text);
  const servers = [...new Set(targets)].map((target) => ({
    target,
    server: createServer((incoming, response) => {
      count += 1;
      pass(agent, target, incoming, response, translate);
    }),
  }));
  for (const { target, server } of servers) {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origins.set(target, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  return {
    originFor: (target) => origins.get(target) ?? target,
    take: () => {
      const taken = count;
      count = 0;
      return taken;
    },
    close: async () => {
      agent.destroy();
      for (const { server } of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

function pass(
  agent: Agent,
  target: string,
  incoming: IncomingMessage,
  response: ServerResponse,
  translate: (text: string) => string,
): void {
  const { method, url = "/" } = incoming;
  const { host: _host, "accept-encoding": _encoding, ...headers } = incoming.headers;
  const onward = request(`${target}${url}`, { agent, method, headers }, async (answer) => {
    const chunks = await Readable.from(answer).toArray();
    const body = translate(Buffer.concat(chunks).toString());
    const { "transfer-encoding": _chunked, connection: _connection, ...kept } = answer.headers;
    const length = String(Buffer.byteLength(body));
    response.writeHead(answer.statusCode ?? 502, { ...kept, "content-length": length });
    response.end(body);
  });
  onward.once("error", () => response.destroy());
  incoming.pipe(onward);
}
