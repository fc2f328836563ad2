import { type Address, formatAddress } from "../engine/model/address.js";
import type { Finding } from "../engine/model/finding.js";
import type { Provider } from "../engine/model/provider.js";
import type { ResourceType } from "../engine/model/resource-type.js";
import type { ResourceInstance, Snapshot } from "../engine/model/state.js";
import { equalJson } from "../engine/model/value.js";

/**
 * What must hold in a state that was written, between its instances and inside them. Addresses are
 * sorted and unique once it is read.
 */
export function verifySnapshot(
  snapshot: Snapshot,
  providers: readonly Provider[],
): readonly Finding[] {
  return [
    identityOf(snapshot),
    idsOf(snapshot),
    attributesOf(snapshot, providers),
    secretsOf(snapshot, providers),
  ];
}

/** What is wrong, by its place: none is well. */
function judged(step: string, well: string, flaws: readonly string[], help: string): Finding {
  if (flaws.length === 0) return { step, status: "ok", summary: well, facts: {} };
  return { step, status: "failed", summary: flaws.join("; "), facts: {}, help };
}

function identityOf({ lineage, serial, cloud, instances }: Snapshot): Finding {
  const step = "identity";
  if (instances.length > 0 && !cloud) {
    const summary = "it has instances and names no cloud";
    return { step, status: "warning", summary, facts: {}, help: "portcullis apply names it" };
  }
  const flaws = [
    ...(lineage === "" ? ["it has no lineage"] : []),
    ...(serial < 1 ? [`its serial is ${serial}`] : []),
  ];
  const well = "it has a lineage, a serial and a cloud";
  return judged(step, well, flaws, "bring back the .backup: it was edited by hand");
}

function idsOf({ instances }: Snapshot): Finding {
  const seen = new Map<string, Address>();
  const flaws = instances.flatMap(({ address, id }) => {
    if (id === "") return [`${formatAddress(address)} has none`];
    const key = JSON.stringify([address.type, id]);
    const other = seen.get(key);
    seen.set(key, address);
    return other ? [`${formatAddress(other)} and ${formatAddress(address)} are both ${id}`] : [];
  });
  return judged(
    "ids",
    "each has one, and none is there twice",
    flaws,
    "portcullis state rm ADDRESS, for the one that is wrong",
  );
}

function attributesOf({ instances }: Snapshot, providers: readonly Provider[]): Finding {
  const flaws = instances.flatMap((it) => {
    const provider = providers.find(({ name }) => name === it.provider);
    const type = provider?.types.find(({ name }) => name === it.address.type);
    const flaw = type
      ? flawOf(it, type)
      : `this Portcullis knows no ${it.address.type} of ${it.provider}`;
    return flaw === undefined ? [] : [`${formatAddress(it.address)}: ${flaw}`];
  });
  const well = "each instance's are in its type's form";
  return judged("attributes", well, flaws, "portcullis apply writes anew what the cloud has");
}

function flawOf(
  { id, attributes, schemaVersion }: ResourceInstance,
  type: ResourceType,
): string | undefined {
  if (schemaVersion !== type.schemaVersion)
    return `its attributes have version ${schemaVersion}, not ${type.schemaVersion}`;
  const stranger = Object.keys(attributes).find((it) => !Object.hasOwn(type.attributes, it));
  if (stranger !== undefined) return `it has no attribute ${stranger}`;
  if (attributes.id !== id) return "its id is not that of its attributes";
  const canonical = type.canonical(attributes);
  const names = Object.keys({ ...attributes, ...canonical });
  const odd = names.filter((it) => !equalJson(attributes[it], canonical[it]));
  return odd.length > 0 ? `not in canonical form: ${odd.join(", ")}` : undefined;
}

function secretsOf(snapshot: Snapshot, providers: readonly Provider[]): Finding {
  const holders = [
    ...snapshot.instances.map((it) => [formatAddress(it.address), it.attributes] as const),
    ...snapshot.pending.map((it) => [formatAddress(it.address), it.delivery] as const),
    ["outputs", snapshot.outputs] as const,
  ];
  const flaws = holders.flatMap(([name, values]) =>
    textsIn(values)
      .flatMap((text) => providers.flatMap((it) => it.findSecrets?.(text) ?? []))
      .map(({ kind }) => `${name} has ${kind}`),
  );
  const help = "make the secret anew: it lies in the state, and in the copies of it";
  return judged("secrets", "none is in it", flaws, help);
}

/** Texts as they are, and not as JSON spells them. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
