import type { Traffic } from "../rows.js";
import { optionalText, textOf, type Values } from "./attributes.js";

/** What the values of a request let through. */
export function trafficOf(values: Values): Traffic {
  return {
    direction: textOf(values.direction),
    ethertype: textOf(values.ethertype),
    protocol: optionalText(values.protocol),
    portMin: typeof values.port_range_min === "number" ? values.port_range_min : null,
    portMax: typeof values.port_range_max === "number" ? values.port_range_max : null,
    remoteIpPrefix: optionalText(values.remote_ip_prefix),
    remoteGroupId: optionalText(values.remote_group_id),
    remoteAddressGroupId: optionalText(values.remote_address_group_id),
  };
}
