import type { Address } from "./address.js";
import type { Provider } from "./provider.js";
import type { Snapshot } from "./state.js";

/** The files in which a state knows secrets to wait until they are delivered, and whose each is. */
export function stagingFiles(
  { instances, pending }: Pick<Snapshot, "instances" | "pending">,
  providers: readonly Provider[],
): readonly (readonly [path: string, address: Address])[] {
  const types = providers.flatMap((it) => it.types);
  const known = [
    ...instances.map(({ address, attributes }) => ({ address, attributes })),
    ...pending.map(({ address, delivery = {} }) => ({ address, attributes: delivery })),
  ];
  return known.flatMap(({ address, attributes }) => {
    const type = types.find(({ name }) => name === address.type);
    const path = type?.stagingFile?.(address, attributes);
    return path === undefined ? [] : [[path, address] as const];
  });
}
