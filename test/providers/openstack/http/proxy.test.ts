import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import sshpk from "sshpk";
import t from "tap";
import { answerFailure } from "../../../../providers/openstack/http/answer-failure.js";
import { readProxies } from "../../../../providers/openstack/http/proxies.js";
import { openTransport } from "../../../../providers/openstack/http/transport.js";
import { testProxy } from "../../../helpers/proxy.js";
import { testRuntime } from "../../../helpers/runtime.js";
import { scriptedServer } from "../../../helpers/scripted-server.js";

const HOST = "cloud.example";

async function send(origin: string, env: Record<string, string>, pem?: string) {
  const transport = openTransport({
    tls: { verify: true, ...(pem !== undefined && { authorities: { path: "ca.pem", pem } }) },
    timeout: 5000,
    proxies: readProxies(env),
  });
  const request = { method: "GET" as const, origin, path: "/v3", headers: {} };
  const outcome = await transport.send(request);
  await transport.close();
  return outcome;
}

t.test("https goes through a tunnel, in which the cloud's certificate is checked", async (t) => {
  const key = sshpk.generatePrivateKey("ecdsa", { curve: "nistp256" });
  const cert = sshpk.createSelfSignedCertificate(sshpk.identityForHost(HOST), key).toString("pem");
  const server = createTlsServer({ key: key.toString("pkcs8"), cert }, (_, response) => {
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const proxy = await testProxy(t, { password: "hush" });
  const inside = proxy.url.replace("//", "//user:hush@");
  const origin = `https://${HOST}:${port}`;

  t.match(await send(origin, { HTTPS_PROXY: inside }, cert), { kind: "answer" });
  t.match(await send(origin, { HTTPS_PROXY: inside }), {
    error: { message: /its certificate is not trusted/u },
  });
  const refused = await send(origin, { HTTPS_PROXY: proxy.url.replace("//", "//user:bad@") }, cert);
  t.match(refused, {
    kind: "failure",
    transient: false,
    error: {
      code: "unreachable",
      message: `no answer from ${origin} through the proxy ${proxy.url} to GET /v3: the proxy refused (407)`,
      help: /HTTPS_PROXY.*NO_PROXY/u,
      response: { effect: "none" },
    },
  });
  t.strictSame(proxy.lines, Array(3).fill(`CONNECT ${HOST}:${port}`));
});

t.test("http is asked for by its whole URL", async (t) => {
  const server = await scriptedServer(t, () => ({ status: 200, body: {} }));
  const origin = server.origin.replace("127.0.0.1", HOST);
  const open = await testProxy(t);
  t.match(await send(origin, { HTTP_PROXY: open.url }), { kind: "answer" });
  t.strictSame(open.lines, [`GET ${origin}/v3`]);
  t.strictSame(server.lines(), ["GET /v3"]);
  const closed = await testProxy(t, { password: "hush" });
  t.match(await send(origin, { HTTP_PROXY: closed.url }), {
    error: { message: /the proxy refused \(407\)/u },
  });
});

t.test("this machine, and what NO_PROXY names, is asked directly", async (t) => {
  const server = await scriptedServer(t, () => ({ status: 200, body: {} }));
  const proxy = await testProxy(t);
  t.match(await send(server.origin, { HTTP_PROXY: proxy.url }), { kind: "answer" });
  const unknown = await send("http://cloud.invalid", { HTTP_PROXY: proxy.url, NO_PROXY: "*" });
  t.match(unknown, { error: { message: /the host/u } });
  t.strictSame(proxy.lines, []);
});

t.test("a proxy that is not there is named", async (t) => {
  const outcome = await send(`http://${HOST}`, { HTTP_PROXY: "http://127.0.0.1:1" });
  t.match(outcome, {
    error: { message: /through the proxy http:\/\/127.0.0.1:1 .*connection was refused/u },
  });
});

t.test("a proxy that repeats the password that it got does not make it known", async (t) => {
  const password = 'it\'s 1% "cänary"';
  const told: string[] = [];
  const server = createServer(({ headers }, response) => {
    const header = String(headers["proxy-authorization"]);
    const pair = Buffer.from(header.slice(6), "base64").toString();
    response.writeHead(403, { "x-openstack-request-id": header });
    response.end(JSON.stringify({ error: { message: `${header} ${JSON.stringify(pair)}` } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  const proxies = readProxies({
    HTTP_PROXY: `http://user:${encodeURIComponent(password)}@127.0.0.1:${port}`,
  });
  const transport = openTransport(
    { tls: { verify: true }, timeout: 5000, proxies },
    { ...testRuntime(), trace: (lines) => told.push(...lines) },
  );
  t.teardown(() => transport.close());
  const request = { method: "GET" as const, origin: `http://${HOST}`, path: "/v3", headers: {} };
  const outcome = await transport.send(request);
  if (outcome.kind === "failure") throw outcome.error;
  const { error } = answerFailure(request, outcome.answer, new Date());
  const all = `${told.join("\n")} ${error.message} ${error.response.requestId}`;
  t.notMatch(all, "cänary");
  t.notMatch(all, Buffer.from(`user:${password}`).toString("base64"));
  t.match(error.message, '(sensitive) "user:(sensitive)"');
});
