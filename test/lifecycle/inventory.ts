import type { OpenStack } from "../../providers/openstack/cloud.js";

/** Something that the user or the project has in the cloud. */
export interface Thing {
  /** The resource type. */
  readonly type: string;
  /** A key pair's is its name. */
  readonly id: string;
  readonly name: string;
}

/** All that there is, as the APIs list it; the provider's resource types are not asked. */
export async function inventory({
  neutron,
  nova,
  keystone,
  identity,
}: OpenStack): Promise<readonly Thing[]> {
  const things = (type: string, items: readonly Readonly<Record<string, unknown>>[]) =>
    items.map(({ id, name }): Thing => ({ type, id: String(id), name: String(name) }));
  const [groups, addressGroups, keyPairs, credentials] = await Promise.all([
    neutron.list("/security-groups", "security_groups"),
    neutron.list("/address-groups", "address_groups"),
    nova.list("/os-keypairs", "keypairs"),
    keystone.list(`/users/${identity.user.id}/application_credentials`, "application_credentials"),
  ]);
  return [
    ...things("security_group", groups),
    ...things("address_group", addressGroups),
    ...keyPairs.map(({ keypair }): Thing => {
      const { name } = keypair as { readonly name: string };
      return { type: "key_pair", id: name, name };
    }),
    ...things("application_credential", credentials),
  ];
}

/** Tells things apart. */
export function keyOf({ type, id }: Thing): string {
  return `${type} ${id}`;
}
