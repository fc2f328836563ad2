import { type Address, compareAddresses, formatAddress } from "./address.js";
import type { Snapshot } from "./state.js";

/** What no state ever is, whatever befell the runs that wrote it: in words; nothing for a sound one. */
export function findStateFaults(snapshot: Snapshot): readonly string[] {
  const { lineage, serial, cloud, instances, pending } = snapshot;
  return [
    ...(lineage === "" ? ["it has no lineage"] : []),
    ...(serial < 1 ? [`its serial is ${serial}`] : []),
    ...(instances.length > 0 && !cloud ? ["it has instances and names no cloud"] : []),
    ...disorder(instances, "instances"),
    ...disorder(pending, "pending writes"),
    ...sharedIds(snapshot),
    ...instances.flatMap(({ address, id, attributes }) => [
      ...(id === "" ? [`${formatAddress(address)} has no id`] : []),
      ...(attributes.id === id ? [] : [`the attribute id of ${formatAddress(address)} is another`]),
      ...(typeof attributes.name === "string" ? [] : [`${formatAddress(address)} has no name`]),
    ]),
  ];
}

/** Neighbors that are not in the order of addresses, or have the same. */
function disorder(
  items: readonly { readonly address: Address }[],
  what: string,
): readonly string[] {
  return items.flatMap(({ address }, index) => {
    const before = items[index - 1]?.address;
    if (!before || compareAddresses(before, address) < 0) return [];
    return [`${what}: ${formatAddress(address)} does not follow ${formatAddress(before)}`];
  });
}

/** Two instances of one type that are the same thing. */
function sharedIds({ instances }: Snapshot): readonly string[] {
  const owners = new Map<string, Address>();
  return instances.flatMap(({ address, id }) => {
    const key = `${address.type} ${id}`;
    const owner = owners.get(key);
    owners.set(key, owner ?? address);
    return owner
      ? [`${formatAddress(owner)} and ${formatAddress(address)} have the same id ${id}`]
      : [];
  });
}
