import type { Test } from "tap";
import { isObject } from "../../engine/model/value.js";
import type { Ended } from "../helpers/cli.js";
import type { RawAnswer, RawSession } from "../helpers/raw-client.js";
import { type Bench, benchOn } from "./bench.js";
import type { AcceptanceCloud, StartCloud } from "./cloud.js";

/** A bench whose commands log in to the other project, as user demo2. */
export function otherBench(t: Test, cloud: AcceptanceCloud): Promise<Bench> {
  const { hand, ...others } = cloud;
  return benchOn(t, async () => ({ ...others, hand, options: cloud.otherProject }));
}

/** A bench, and a log-in for what is done past Portcullis. */
export async function trapBench(t: Test, start: StartCloud) {
  const bench = await benchOn(t, start);
  return { bench, cloud: bench.cloud, raw: await bench.cloud.as("demo") };
}

/** All that a command printed, in one line. */
export function saidBy({ stdout, stderr }: Ended): string {
  return `${stdout}${stderr}`.replaceAll(/\s+/gu, " ");
}

/** What a refusal of Neutron is called. */
export function refusalOf({ body }: RawAnswer): string {
  const error = isObject(body) && isObject(body.NeutronError) ? body.NeutronError : {};
  return String(error.type);
}

/** A part of an answer. */
export function partOf({ body }: RawAnswer, ...keys: readonly string[]): unknown {
  let at: unknown = body;
  for (const key of keys) at = isObject(at) ? at[key] : undefined;
  return at;
}

/** Makes a group by hand, which goes with the test; answers its id. */
export async function groupByHand(t: Test, raw: RawSession, name: string): Promise<string> {
  const groups = `${raw.network}/v2.0/security-groups`;
  const made = await raw.ask("POST", groups, { security_group: { name } });
  const id = String(partOf(made, "security_group", "id"));
  t.teardown(() => raw.ask("DELETE", `${groups}/${id}`));
  return id;
}

/** Makes an ingress rule by hand. */
export function ruleByHand(raw: RawSession, group: string, rule: object): Promise<RawAnswer> {
  return raw.ask("POST", `${raw.network}/v2.0/security-group-rules`, {
    security_group_rule: { security_group_id: group, direction: "ingress", ...rule },
  });
}
