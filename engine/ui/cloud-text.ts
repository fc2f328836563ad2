import type { CloudIdentity } from "../model/cloud-identity.js";
import { joined, type Segment, span } from "./row.js";

/** `cloud production · project web · user alice · region RegionOne`. */
export function cloudSegments(cloud: CloudIdentity): readonly Segment[] {
  const parts = [
    [span("cloud "), span(cloud.name, "strong")],
    [span("project "), span(cloud.project.name, "strong")],
    [span("user "), span(cloud.user.name, "strong")],
  ];
  if (cloud.region !== undefined) parts.push([span(`region ${cloud.region}`)]);
  return joined(parts);
}
