import { createHash } from "node:crypto";
import { type Address, formatAddress } from "../../../engine/model/address.js";

/**
 * Where a secret waits until it is delivered: beside the file that it goes to, or in the
 * configuration's folder. Addresses that share a file do not meet.
 */
export function stagingPath(address: Address, file: string | undefined): string {
  const mark = createHash("sha256").update(formatAddress(address)).digest("hex").slice(0, 8);
  return `${file ?? `${address.type}.${address.name}`}.${mark}.pending`;
}
