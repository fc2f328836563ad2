import { dependenciesOf, type Moment, type Types } from "../graph/dependencies.js";
import { order } from "../graph/order.js";
import { formatAddress } from "../model/address.js";
import type { Resource } from "../model/resource.js";

/** The resources, each after what it refers to; among groups that name each other, by address. */
export function inOrder(resources: readonly Resource[], types: Types): readonly Resource[] {
  const byAddress = new Map(resources.map((it) => [formatAddress(it.address), it]));
  const nodes = resources.map((resource) => {
    const dependencies = dependenciesOf(resource, types);
    const keys = (moment: Moment) =>
      dependencies.filter((it) => it.before === moment).map((it) => formatAddress(it.on));
    return {
      key: formatAddress(resource.address),
      after: keys("made"),
      preferablyAfter: keys("complete"),
    };
  });
  return order(nodes).flatMap((address) => byAddress.get(address) ?? []);
}
