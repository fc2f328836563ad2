import { createServer } from "node:https";
import sshpk from "sshpk";
import t, { type Test } from "tap";
import { openTransport } from "../../providers/openstack/http/transport.js";

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

async function failureWith(t: Test, cert: string, trusted: boolean) {
  const server = createServer({ key: key.toString("pkcs8"), cert }, (_request, response) => {
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const tls = { verify: true, ...(trusted && { authorities: { path: "/ca.pem", pem: cert } }) };
  const transport = openTransport({ tls, timeout: 5000 });
  t.teardown(async () => {
    await transport.close();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const origin = `https://localhost:${port}`;
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
