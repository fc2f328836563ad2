import type { Test } from "tap";
import { addressGroup } from "../../../providers/openstack/address-group/type.js";
import { applicationCredential } from "../../../providers/openstack/application-credential/type.js";
import { keyPair } from "../../../providers/openstack/key-pair/type.js";
import { openstack } from "../../../providers/openstack/provider.js";
import { securityGroup } from "../../../providers/openstack/security-group/type.js";
import { startSandbox } from "../../../providers/sandbox/server.js";
import { resourceTypeConformance } from "../../conformance/resource-type.js";
import { testRuntime } from "../../helpers/runtime.js";

async function start(t: Test) {
  const runtime = testRuntime({ env: { CONFORMANCE_SECRET: "a secret that shows nowhere" } });
  const sandbox = await startSandbox({ now: () => runtime.clock.now() });
  const entry = sandbox.clouds.sandbox ?? {};
  const connection = await openstack.connect({ name: "sandbox", entry }, runtime);
  t.teardown(async () => {
    await connection.close();
    await sandbox.close();
  });
  return { cloud: connection.cloud, runtime };
}

const generated = { name: "made", algorithm: "ecdsa-p256", private_key_file: "made.pem" };

resourceTypeConformance({ type: keyPair, start, example: generated, changed: generated });

resourceTypeConformance({
  type: addressGroup,
  start,
  example: {
    name: "offices",
    description: "Where our people sit.",
    addresses: ["203.0.113.0/24", "198.51.100.7", "2001:db8::/32"],
  },
  changed: { name: "rooms", addresses: ["203.0.113.0/25", "2001:DB8:0::/32"] },
});

resourceTypeConformance({
  type: securityGroup,
  start,
  example: {
    name: "web",
    description: "Web servers.",
    stateful: true,
    tags: ["b", "a"],
    rules: [
      { ingress: ["http", "https"] },
      { ingress: "ssh", from: ["203.0.113.0/24", "2001:db8::/32"], description: "administrators" },
      { ingress: "icmp/8/0", from: "self" },
      { direction: "egress", protocol: "udp", port_range_min: 53, port_range_max: 53 },
    ],
  },
  changed: {
    name: "www",
    stateful: false,
    default_egress: false,
    rules: [{ ingress: "ssh", from: "198.51.100.7", description: "operators" }],
  },
});

const credential = {
  name: "robot",
  description: "Reads servers.",
  secret: { env: "CONFORMANCE_SECRET" },
  roles: ["member"],
  expires_at: { in: "90d" },
  access_rules: [{ service: "compute", method: "GET", path: "/v2.1/servers" }],
};

resourceTypeConformance({
  type: applicationCredential,
  start,
  example: credential,
  changed: { ...credential, write_to: { json: "robot.json" } },
});
