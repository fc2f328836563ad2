import { type Address, compareAddresses, formatAddress } from "../model/address.js";

/** The remedy where an address without a key means one of several instances; undefined for any other. */
export function severalInstances(
  meant: Address | undefined,
  known: readonly Address[],
): string | undefined {
  const several = known
    .filter(({ type, name }) => type === meant?.type && name === meant.name)
    .sort(compareAddresses)
    .map(formatAddress);
  const named = [...new Set(several)].join(", ");
  return several.length > 0
    ? `It has ${named}; a shell wants the address in single quotes.`
    : undefined;
}
