import { listOf, type RawSession } from "../helpers/raw-client.js";

type Body = Readonly<Record<string, unknown>>;

/** All that a user has in the cloud, as its APIs tell it, asked past Portcullis. */
export interface Inventory {
  readonly security_group: readonly Body[];
  readonly address_group: readonly Body[];
  readonly key_pair: readonly Body[];
  readonly application_credential: readonly Body[];
}

/** Something in the cloud. */
export interface Thing {
  /** The resource type. */
  readonly type: string;
  readonly id: string;
  readonly name: string;
}

export async function takeInventory(session: RawSession): Promise<Inventory> {
  const { network, compute, credentials, project } = session;
  const list = async (url: string, key: string) => listOf(await session.send("GET", url), key);
  const own = (collection: string, key: string) =>
    list(`${network}/v2.0/${collection}?project_id=${project}`, key);
  const [groups, addressGroups, keyPairs, made] = await Promise.all([
    own("security-groups", "security_groups"),
    own("address-groups", "address_groups"),
    list(`${compute}/os-keypairs`, "keypairs"),
    list(credentials, "application_credentials"),
  ]);
  return {
    security_group: groups,
    address_group: addressGroups,
    key_pair: keyPairs.flatMap(({ keypair }) => listOf({ it: [keypair] }, "it")),
    application_credential: made,
  };
}

export function thingsOf(inventory: Inventory): readonly Thing[] {
  return Object.entries(inventory).flatMap(([type, items]) =>
    items.map(({ id, name }: Body) => ({ type, id: String(id ?? name), name: String(name) })),
  );
}

export function keyOf({ type, id }: Pick<Thing, "type" | "id">): string {
  return `${type} ${id}`;
}
