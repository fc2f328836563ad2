import sshpk from "sshpk";
import type { Test } from "tap";
import { stringify } from "yaml";
import { CANARY } from "../canaries.js";
import { cloudsFor } from "../clouds.js";
import { openScene, type Scene } from "../scene.js";

const CONFIGURATION = `
provider: { openstack: { cloud: good } }
resources:
  security_group: { web: { rules: [{ ingress: ssh, from: 192.0.2.0/24 }] } }
`;

function certified(name: string) {
  const key = sshpk.generatePrivateKey("ecdsa", { curve: "nistp256" });
  const cert = sshpk.createSelfSignedCertificate(sshpk.identityForHost(name), key, {
    purposes: ["serverAuth", "clientAuth", "ca", "signature"],
  });
  return { key: key.toString("pkcs8"), cert: cert.toString("pem") };
}

/** A cloud that asks for a certificate, whose key is right, wrong, broken or no key at all. */
export async function tls(t: Test): Promise<Scene> {
  const [server, client, other] = [
    certified("localhost"),
    certified("client"),
    certified("client"),
  ];
  const scene = await openScene(t, {
    name: "TLS",
    configuration: CONFIGURATION,
    tls: { ...server, ca: client.cert },
    declared: { "given/client.key": ["TLS key"], "given/other.key": ["TLS key"] },
  });
  const { give, succeeds, fails, cloud } = scene;
  const cacert = give("ca.pem", server.cert);
  const cert = give("client.pem", client.cert);
  const key = give("client.key", client.key);
  const keys = [
    give("other.key", other.key),
    give("broken.key", client.key.slice(0, -60)),
    give("none.key", CANARY.keyFile),
    give("worse.key", client.key.replace(/\n.{20}/u, `\n${CANARY.keyFile}`)),
  ];
  const { good } = cloudsFor(`${cloud.origin}/identity/v3`);
  const env = (more: Readonly<Record<string, string>>) => ({
    OS_CLIENT_CONFIG_FILE: give(
      "clouds.yaml",
      stringify({ clouds: { good: { ...good, cacert, ...more } } }),
    ),
  });
  const plan = ["plan", "--debug"];
  await succeeds(plan, { env: env({ cert, key }) });
  await succeeds(plan, { env: env({ cert: give("both.pem", `${client.cert}\n${client.key}`) }) });
  await fails(plan, { env: env({}), within: true });
  for (const it of keys) {
    await fails(plan, { env: env({ cert, key: it }) });
    await fails(["doctor"], { env: env({ cert, key: it }), within: true });
  }
  cloud.refuse(/./u);
  await fails(plan, { env: env({ cert, key }) });
  return scene;
}
