import fc from "fast-check";
import { type Address, compareAddresses, formatAddress } from "../../engine/model/address.js";
import type { CloudIdentity } from "../../engine/model/cloud-identity.js";
import type { Intent, JournalEntry, ResourceInstance, Snapshot } from "../../engine/model/state.js";
import type { JsonObject } from "../../engine/model/value.js";

const text = fc.string({ unit: "binary" });

const address: fc.Arbitrary<Address> = fc.record(
  {
    type: fc.constantFrom("key_pair", "security_group", "application_credential"),
    name: fc.constantFrom("a", "b-2", "_c", "D"),
    key: text,
  },
  { requiredKeys: ["type", "name"] },
);

/** Any JSON object, as a parser would give it. */
const json: fc.Arbitrary<JsonObject> = fc
  .dictionary(text, fc.jsonValue(), { maxKeys: 4 })
  .map((value) => JSON.parse(JSON.stringify(value)));

const namedId = fc.record({ id: text, name: text });

const cloud: fc.Arbitrary<CloudIdentity> = fc.record(
  { name: text, authUrl: text, region: text, project: namedId, user: namedId },
  { requiredKeys: ["name", "authUrl", "project", "user"] },
);

const instance: fc.Arbitrary<ResourceInstance> = fc.record({
  address,
  provider: text,
  id: text,
  attributes: json,
  dependencies: fc.array(address, { maxLength: 3 }),
  schemaVersion: fc.nat(),
  preventDestroy: fc.boolean(),
});

const intent: fc.Arbitrary<Intent> = fc.record(
  {
    address,
    action: fc.constantFrom("create", "update", "delete", "import"),
    startedAt: text,
    run: text,
    name: text,
    existing: fc.array(text, { maxLength: 2 }),
    delivery: json,
  },
  { requiredKeys: ["address", "action", "startedAt", "run", "name", "existing"] },
);

/** Any step of an apply. */
export const arbitraryEntry: fc.Arbitrary<JournalEntry> = fc
  .oneof(
    fc.record({ kind: fc.constant("cloud"), cloud }),
    fc.record({ kind: fc.constant("begun"), intent }),
    fc.record({ kind: fc.constant("written"), instance }),
    fc.record({ kind: fc.constant("removed"), address }),
    fc.record({ kind: fc.constant("abandoned"), address }),
  )
  .map(ordinary);

/** Any state of serial 1. */
export const arbitrarySnapshot: fc.Arbitrary<Snapshot> = fc
  .record(
    {
      lineage: text,
      serial: fc.constant(1),
      cloud,
      instances: addressed(instance),
      pending: addressed(intent),
      outputs: json,
    },
    { requiredKeys: ["lineage", "serial", "instances", "pending", "outputs"] },
  )
  .map(ordinary);

function addressed<T extends { readonly address: Address }>(
  item: fc.Arbitrary<T>,
): fc.Arbitrary<readonly T[]> {
  return fc
    .uniqueArray(item, { maxLength: 5, selector: (it) => formatAddress(it.address) })
    .map((items) => items.sort((a, b) => compareAddresses(a.address, b.address)));
}

/** fast-check makes some objects without prototype, which no parser does. */
function ordinary<T>(value: T): T {
  return structuredClone(value);
}
