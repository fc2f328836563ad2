import t from "tap";
import type { JsonObject } from "../../../../engine/model/value.js";
import { givenEgress } from "../../../../providers/openstack/security-group/given-egress.js";
import { storedAttributes } from "../../../../providers/openstack/security-group/stored-group.js";
import { scriptedCloud } from "../../../helpers/scripted-cloud.js";
import type { ScriptedAnswer } from "../../../helpers/scripted-server.js";

const egress = (more: JsonObject = {}) => ({ direction: "egress", ethertype: "IPv4", ...more });
const HTTPS = { protocol: "tcp", port_range_min: 443, port_range_max: 443 };
const GROUP = storedAttributes({
  id: "d",
  name: "default",
  security_group_rules: [
    { id: "1", ...egress() },
    { id: "2", ...egress({ protocol: "6", port_range_min: 443, port_range_max: 443 }) },
    { id: "3", ...egress({ protocol: "udp" }) },
    { id: "4", ...egress({ remote_group_id: "d" }) },
    { id: "5", direction: "ingress", ethertype: "IPv4" },
  ],
});

/** Answers the extension and the default rules of a cloud. */
const cloudWith =
  (alias: string, templates: readonly JsonObject[]) =>
  ({ path }: { readonly path: string }): ScriptedAnswer | undefined => {
    if (path === "/v3/auth/tokens") return undefined;
    const isAsked = path.endsWith("/extensions");
    const body = isAsked
      ? { extensions: [{ alias }] }
      : { default_security_group_rules: templates };
    return { status: 200, body };
  };

t.test("the default rules are what the cloud says they are, of those that are there", async (t) => {
  const templates = [
    { id: "a", ...egress({ ...HTTPS, used_in_default_sg: true }) },
    { id: "b", ...egress({ remote_group_id: "PARENT", used_in_default_sg: true }) },
    { id: "c", ...egress({ protocol: "udp", used_in_default_sg: false }) },
    { id: "d", ...egress({ protocol: "icmp", used_in_default_sg: true }) },
    { id: "e", direction: "ingress", ethertype: "IPv4", used_in_default_sg: true },
  ];
  const script = cloudWith("security-groups-default-rules", templates);
  const { cloud } = await scriptedCloud(t, script);
  t.strictSame(
    [...(await givenEgress(cloud, GROUP)).keys()],
    ["egress ipv4 6 443-443 anywhere", "egress ipv4 any any self"],
  );
});

t.test("a cloud that does not tell is taken to let everything out", async (t) => {
  const { cloud, server } = await scriptedCloud(t, cloudWith("security-group", []));
  t.strictSame([...(await givenEgress(cloud, GROUP)).keys()], ["egress ipv4 any any anywhere"]);
  t.equal(server.lines().length, 2, "a log-in and the extensions");
});
