import { createServer, type IncomingMessage, request } from "node:http";
import { type AddressInfo, connect } from "node:net";

/** A real HTTP proxy on a loopback port. Every name leads to this machine. */
export interface TestProxy {
  readonly url: string;
  /** `CONNECT cloud.example:443`, or `GET http://cloud.example/`. */
  readonly lines: readonly string[];
}

interface Test {
  teardown(end: () => Promise<void>): void;
}

/** With a `password`, it lets in `user` only. */
export async function testProxy(
  test: Test,
  { password }: { readonly password?: string } = {},
): Promise<TestProxy> {
  const lines: string[] = [];
  const expected = `Basic ${Buffer.from(`user:${password}`).toString("base64")}`;
  const isIn = ({ headers }: IncomingMessage) =>
    password === undefined || headers["proxy-authorization"] === expected;
  const server = createServer((incoming, response) => {
    lines.push(`${incoming.method} ${incoming.url}`);
    if (!isIn(incoming)) {
      response.writeHead(407, { "proxy-authenticate": "Basic" }).end();
      return;
    }
    const { port, pathname } = new URL(incoming.url ?? "");
    const { method, headers } = incoming;
    const onward = request(
      { host: "127.0.0.1", port, path: pathname, method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    incoming.pipe(onward);
  });
  server.on("connect", (incoming, socket, head) => {
    lines.push(`CONNECT ${incoming.url}`);
    socket.on("error", () => socket.destroy());
    if (!isIn(incoming)) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      return;
    }
    const { port } = new URL(`http://${incoming.url}`);
    const onward = connect({ host: "127.0.0.1", port: Number(port) }, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.teardown(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, lines };
}
