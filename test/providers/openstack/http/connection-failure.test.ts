import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import t from "tap";
import { openTransport } from "../../../../providers/openstack/http/transport.js";
import { scriptedServer } from "../../../helpers/scripted-server.js";

const request = (method: "GET" | "POST", origin: string) =>
  ({ method, origin, path: "/v3/x", headers: {} }) as const;

t.test("a port where nobody listens: not sent, another attempt may help", async (t) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const transport = openTransport({ tls: { verify: true }, timeout: 1000 });
  t.teardown(() => transport.close());
  const outcome = await transport.send(request("POST", `http://127.0.0.1:${port}`));
  t.match(outcome, {
    kind: "failure",
    transient: true,
    error: {
      code: "unreachable",
      message: `no answer from http://127.0.0.1:${port} to POST /v3/x: the connection was refused`,
      response: { effect: "none" },
    },
  });
});

t.test("a server that does not speak HTTP", async (t) => {
  const server = createServer((socket) => {
    socket.end("SSH-2.0-OpenSSH_9.2\r\n");
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  const transport = openTransport({ tls: { verify: true }, timeout: 1000 });
  t.teardown(() => transport.close());
  const outcome = await transport.send(request("GET", `http://127.0.0.1:${port}`));
  t.match(outcome, {
    kind: "failure",
    transient: false,
    error: { code: "unreachable", message: /the answer is not HTTP/u },
  });
});

t.test("https to a port that speaks http", async (t) => {
  const { origin } = await scriptedServer(t, () => ({ status: 200 }));
  const transport = openTransport({ tls: { verify: true }, timeout: 1000 });
  t.teardown(() => transport.close());
  const outcome = await transport.send(request("POST", origin.replace("http:", "https:")));
  t.match(outcome, {
    kind: "failure",
    transient: false,
    error: { code: "unreachable", response: { effect: "none" }, help: /http:\/\/ or https/u },
  });
});
