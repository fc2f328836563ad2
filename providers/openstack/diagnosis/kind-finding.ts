import type { Finding } from "../../../engine/model/finding.js";
import type { Room } from "../../../engine/model/quota-rule.js";
import type { ResourceType } from "../../../engine/model/resource-type.js";
import type { OpenStack } from "../cloud.js";
import { found, tried } from "./tried.js";

/** How many of a kind there are, and how much of the quotas is used. */
export async function kindFinding(
  type: ResourceType<OpenStack>,
  cloud: OpenStack,
): Promise<Finding> {
  const listed = await tried(type.name, () => type.list(cloud));
  if (listed.kind === "failed") return listed.finding;
  const existing = listed.value.length;
  const summary = `${existing} ${type.name.replaceAll("_", " ")}${existing === 1 ? "" : "s"} there`;
  const room = await tried(type.name, async () => (await type.quota?.room(cloud, existing)) ?? {});
  if (room.kind === "failed") {
    const warning = { summary: "its quota is not told", help: room.finding.summary };
    return found(type.name, summary, {}, warning);
  }
  const quotas = Object.entries(room.value);
  const facts = Object.fromEntries(
    quotas.map(([what, { limit, left }]) => [
      what.replaceAll(" ", "_"),
      limit === Number.POSITIVE_INFINITY ? "unlimited" : `${limit - left} of ${limit} used`,
    ]),
  );
  return found(type.name, summary, facts, warningOf(quotas));
}

function warningOf(
  quotas: readonly (readonly [string, Room])[],
): { readonly summary: string; readonly help: string } | undefined {
  const full = quotas.filter(([, { left }]) => left === 0).map(([what]) => what);
  if (full.length === 0) return undefined;
  return {
    summary: `the quota of ${full.join(" and ")} is used up`,
    help: "Ask the operator for more, or remove what is not used.",
  };
}
