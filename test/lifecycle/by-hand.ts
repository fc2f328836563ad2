import { compareTexts } from "../../engine/model/address.js";
import { CloudError } from "../../engine/model/errors.js";
import type { OpenStack } from "../../providers/openstack/cloud.js";
import { ECDSA } from "../providers/openstack/key-pair/samples.js";
import type { HandChange } from "./arbitrary-life.js";
import { inventory, type Thing } from "./inventory.js";

/** Does something by hand to one of what is there, if the cloud allows it. */
export async function changeByHand(cloud: OpenStack, { kind, which }: HandChange): Promise<void> {
  const before = await inventory(cloud);
  const pick = (type: string) => {
    const all = before.filter((it) => it.type === type && it.name !== "default");
    // Ids are random: names tell the same again.
    const sorted = all.toSorted((a, b) => compareTexts(a.name, b.name));
    return sorted[which % sorted.length];
  };
  try {
    await CHANGES[kind](cloud, pick, which);
  } catch (error) {
    // What is in use stays.
    if (!(error instanceof CloudError)) throw error;
  }
}

type Pick = (type: string) => Thing | undefined;
type Work = (cloud: OpenStack, pick: Pick, which: number) => Promise<unknown>;

const CHANGES: Readonly<Record<HandChange["kind"], Work>> = {
  "delete-group": onGroup((cloud, id) => cloud.neutron.delete(`/security-groups/${id}`)),
  "delete-rule": onGroup(async (cloud, id, which) => {
    const rules = await cloud.neutron.list("/security-group-rules", "security_group_rules", {
      query: { security_group_id: id },
    });
    const rule = rules[which % rules.length];
    if (rule) await cloud.neutron.delete(`/security-group-rules/${rule.id}`);
  }),
  "add-rule": onGroup((cloud, id, which) =>
    cloud.neutron.post("/security-group-rules", {
      security_group_rule: {
        security_group_id: id,
        direction: which % 2 === 0 ? "ingress" : "egress",
        ethertype: "IPv4",
        protocol: "udp",
        port_range_min: 7000 + which,
        port_range_max: 7000 + which,
      },
    }),
  ),
  "describe-group": onGroup((cloud, id) =>
    cloud.neutron.put(`/security-groups/${id}`, { security_group: { description: "by hand" } }),
  ),
  "tag-group": onGroup((cloud, id) =>
    cloud.neutron.put(`/security-groups/${id}/tags`, { tags: ["by hand"] }),
  ),
  "namesake-group": async (cloud, pick) => {
    const group = pick("security_group");
    if (group)
      await cloud.neutron.post("/security-groups", { security_group: { name: group.name } });
  },
  "delete-key-pair": async (cloud, pick) => {
    const pair = pick("key_pair");
    if (pair) await cloud.nova.delete(`/os-keypairs/${encodeURIComponent(pair.id)}`);
  },
  "exchange-key-pair": async (cloud, pick) => {
    const pair = pick("key_pair");
    if (!pair) return;
    await cloud.nova.delete(`/os-keypairs/${encodeURIComponent(pair.id)}`);
    await cloud.nova.post("/os-keypairs", {
      keypair: { name: pair.name, type: "ssh", public_key: `${ECDSA.text} by hand` },
    });
  },
  "delete-credential": async (cloud, pick) => {
    const credential = pick("application_credential");
    const collection = `/users/${cloud.identity.user.id}/application_credentials`;
    if (credential) await cloud.keystone.delete(`${collection}/${credential.id}`);
  },
  "delete-address-group": async (cloud, pick) => {
    const group = pick("address_group");
    if (group) await cloud.neutron.delete(`/address-groups/${group.id}`);
  },
  "change-addresses": async (cloud, pick, which) => {
    const group = pick("address_group");
    if (!group) return;
    await cloud.neutron.put(`/address-groups/${group.id}/add_addresses`, {
      address_group: { addresses: [`198.51.100.${which}/32`] },
    });
  },
};

function onGroup(work: (cloud: OpenStack, id: string, which: number) => Promise<unknown>): Work {
  return async (cloud, pick, which) => {
    const group = pick("security_group");
    if (group) await work(cloud, group.id, which);
  };
}
