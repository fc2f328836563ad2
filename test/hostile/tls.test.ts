import { createServer } from "node:https";
import sshpk from "sshpk";
import t, { type Test } from "tap";
import { connect } from "../../providers/openstack/connect.js";
import { openTransport } from "../../providers/openstack/http/transport.js";
import { testRuntime } from "../helpers/runtime.js";
import { scriptedServer } from "../helpers/scripted-server.js";

const key = sshpk.generatePrivateKey("ecdsa", { curve: "nistp256" });
const DAY = 86_400_000;

/** A certificate for a host that vouches for itself, valid in these days from now. */
function certificate(host: string, from: number, until: number): string {
  const options = {
    validFrom: new Date(Date.now() + from * DAY),
    validUntil: new Date(Date.now() + until * DAY),
  };
  return sshpk
    .createSelfSignedCertificate(sshpk.identityForHost(host), key, options)
    .toString("pem");
}

/** A server that answers everything so; answers its origin. */
async function tlsServer(t: Test, cert: string, body = "{}"): Promise<string> {
  const server = createServer({ key: key.toString("pkcs8"), cert }, (_request, response) => {
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `https://localhost:${typeof address === "object" ? address?.port : address}`;
}

async function failureWith(t: Test, cert: string, trusted: boolean) {
  const origin = await tlsServer(t, cert);
  const tls = { verify: true, ...(trusted && { authorities: { path: "/ca.pem", pem: cert } }) };
  const transport = openTransport({ tls, timeout: 5000 });
  t.teardown(() => transport.close());
  return transport.send({ method: "POST", origin, path: "/", headers: {} });
}

for (const { name, cert, trusted, said, help } of [
  {
    name: "has ended",
    cert: certificate("localhost", -2, -1),
    trusted: true,
    said: /certificate has expired/u,
    help: /Check this machine's clock; .* the operator must renew the certificate/u,
  },
  {
    name: "has not begun",
    cert: certificate("localhost", 1, 2),
    trusted: true,
    said: /certificate is not yet valid/u,
    help: /Check this machine's clock/u,
  },
  {
    name: "is another host's",
    cert: certificate("elsewhere.example.org", -1, 1),
    trusted: true,
    said: /does not match certificate's altnames/u,
    help: /Use the host name that the certificate is for/u,
  },
  {
    name: "vouches for itself",
    cert: certificate("localhost", -1, 1),
    trusted: false,
    said: /self-signed certificate/u,
    help: /Name the cloud's authority with cacert/u,
  },
]) {
  t.test(`a certificate that ${name} ends the way, with its own remedy`, async (t) => {
    t.match(await failureWith(t, cert, trusted), {
      kind: "failure",
      transient: false,
      error: { code: "unreachable", message: said, help, response: { effect: "none" } },
    });
  });
}

t.test("an issuer's https does not lead to http: the client's secret stays", async (t) => {
  const thief = await scriptedServer(t, () => ({ status: 200, body: { access_token: "a" } }));
  const document = JSON.stringify({ token_endpoint: `${thief.origin}/token` });
  const issuer = await tlsServer(t, certificate("localhost", -1, 1), document);
  const auth = {
    auth_url: `${issuer}/v3`,
    project_name: "demo",
    identity_provider: "corp",
    protocol: "openid",
    client_id: "me",
    client_secret: "hush",
    discovery_endpoint: `${issuer}/.well-known/openid-configuration`,
  };
  const entry = { auth_type: "v3oidcclientcredentials", verify: false, auth };
  await t.rejects(connect({ name: "c", entry }, testRuntime()), {
    code: "bad-cloud-config",
    message: /its token_endpoint is not https/u,
  });
  t.strictSame(thief.requests, []);
});
