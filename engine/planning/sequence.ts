import { dependenciesOf, type Types } from "../graph/dependencies.js";
import { order } from "../graph/order.js";
import { formatAddress } from "../model/address.js";
import type { Resource } from "../model/resource.js";

/** The resources, each after what it refers to; among groups that name each other, by address. */
export function inOrder(resources: readonly Resource[], types: Types): readonly Resource[] {
  const byAddress = new Map(resources.map((it) => [formatAddress(it.address), it]));
  const nodes = resources.map((resource) => {
    const dependencies = dependenciesOf(resource, types.get(resource.address.type));
    const keys = (deferred: boolean) =>
      dependencies
        .filter((it) => (it.kind === "deferred") === deferred)
        .map((it) => formatAddress(it.on));
    return {
      key: formatAddress(resource.address),
      after: keys(false),
      preferablyAfter: keys(true),
    };
  });
  return order(nodes).flatMap((address) => byAddress.get(address) ?? []);
}
