import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import sshpk from "sshpk";
import t from "tap";
import { Sensitive } from "../../../../engine/model/value.js";
import type { TlsSettings } from "../../../../providers/openstack/http/tls-settings.js";
import { openTransport } from "../../../../providers/openstack/http/transport.js";

const key = sshpk.generatePrivateKey("ecdsa", { curve: "nistp256" });
const cert = sshpk
  .createSelfSignedCertificate(sshpk.identityForHost("localhost"), key)
  .toString("pem");
const pem = key.toString("pkcs8");

t.test("certificates of the cloud and of the client", async (t) => {
  const server = createServer(
    { key: pem, cert, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      response.end(JSON.stringify({ client: subject?.CN ?? "nobody" }));
    },
  );
  await new Promise<void>((resolve) => server.listen(0, resolve));
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  const send = async (tls: TlsSettings) => {
    const transport = openTransport({ tls, timeout: 5000 });
    const origin = `https://localhost:${port}`;
    const outcome = await transport.send({ method: "POST", origin, path: "/", headers: {} });
    await transport.close();
    return outcome;
  };

  t.match(await send({ verify: true }), {
    kind: "failure",
    transient: false,
    error: {
      code: "unreachable",
      message: /its certificate is not trusted/u,
      help: /cacert/u,
      response: { effect: "none" },
    },
  });
  const authorities = { path: "/ca.pem", pem: cert };
  const answer = (client: string) => ({
    kind: "answer",
    answer: { status: 200, body: JSON.stringify({ client }) },
  });
  t.match(await send({ verify: true, authorities }), answer("nobody"));
  t.match(await send({ verify: false }), answer("nobody"));
  const client = { certificate: cert, privateKey: new Sensitive(pem) };
  t.match(await send({ verify: false, ...client }), answer("localhost"));
});
