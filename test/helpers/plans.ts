import { type Address, parseAddress } from "../../engine/model/address.js";
import type { CloudIdentity } from "../../engine/model/cloud-identity.js";
import type { Expression } from "../../engine/model/expression.js";
import type { Action, AttributeChange, Change, Drift, Plan } from "../../engine/model/plan.js";
import type { Resource } from "../../engine/model/resource.js";
import type { SourceRange } from "../../engine/model/source.js";
import type { ResourceInstance } from "../../engine/model/state.js";
import type { Value } from "../../engine/model/value.js";

/** The moment the built plans are looked at. */
export const NOW = new Date("2026-11-23T12:00:00Z");

export const CLOUD: CloudIdentity = {
  name: "production",
  authUrl: "https://keystone.example.org/v3",
  region: "RegionOne",
  project: { id: "8f3a9c", name: "web" },
  user: { id: "u-1", name: "alice" },
};

/** An address from its text. */
export function at(text: string): Address {
  const address = parseAddress(text);
  if (!address) throw new Error(`no address: ${text}`);
  return address;
}

/** So many characters of one line. */
export function place(file: string, line: number, column = 3, length = 5): SourceRange {
  return { file, start: { line, column }, end: { line, column: column + length } };
}

export function aResource(address: Address, config: Record<string, Expression> = {}): Resource {
  return {
    address,
    provider: "openstack",
    config,
    dependsOn: [],
    lifecycle: { preventDestroy: false, ignoreChanges: [] },
    range: place("main.yaml", 1),
    ranges: new Map(),
  };
}

export function anInstance(
  address: Address,
  overrides: Partial<ResourceInstance> = {},
): ResourceInstance {
  return {
    address,
    provider: "openstack",
    id: "id-1",
    attributes: {},
    dependencies: [],
    schemaVersion: 1,
    preventDestroy: false,
    ...overrides,
  };
}

export interface ChangeParts {
  readonly reason?: string;
  readonly attributes?: readonly AttributeChange[];
  readonly range?: SourceRange;
  readonly config?: Record<string, Expression>;
  readonly dependencies?: readonly Address[];
}

/** A change of any action; what a view does not look at is empty. */
export function aChange(action: Action, text: string, parts: ChangeParts = {}): Change {
  const address = at(text);
  const { reason = "because", attributes = [], range, config = {}, dependencies = [] } = parts;
  const base = { address, reason, attributes, ...(range && { range }) };
  const resource = aResource(address, config);
  const instance = anInstance(address, { dependencies });
  const desired = {};
  switch (action) {
    case "create":
      return { ...base, action, resource, desired, existing: [] };
    case "update":
    case "replace":
      return { ...base, action, resource, desired, instance };
    case "import": {
      const object = { id: instance.id, name: address.name, attributes: {} };
      return { ...base, action, resource, desired, object, instance };
    }
    case "no-op":
      return { ...base, action, resource, instance };
    case "delete":
    case "forget":
      return { ...base, action, instance };
  }
}

export function added(name: string, after: Value): AttributeChange {
  return { path: [name], kind: "add", after };
}

export function changed(name: string, before: Value, after: Value): AttributeChange {
  return { path: [name], kind: "change", before, after };
}

/** A member of the set `rules`. */
export function rule(kind: "add" | "remove", label: string): AttributeChange {
  const side = kind === "add" ? { after: {} } : { before: {} };
  return { path: ["rules", label], kind, label, ...side };
}

export function aDrift(text: string, parts: Partial<Omit<Drift, "address">> = {}): Drift {
  return { address: at(text), kind: "changed", attributes: [], ...parts };
}

/** A plan of these changes, its summary counted. */
export function aPlan(parts: Partial<Omit<Plan, "summary">> = {}): Plan {
  const changes = parts.changes ?? [];
  const count = (action: Action) => changes.filter((change) => change.action === action).length;
  return {
    changes,
    drift: [],
    interrupted: [],
    outputs: {},
    stateChanges: [],
    diagnostics: [],
    cloud: CLOUD,
    base: { lineage: "lineage-1", serial: 7 },
    summary: {
      "no-op": count("no-op"),
      create: count("create"),
      update: count("update"),
      replace: count("replace"),
      delete: count("delete"),
      import: count("import"),
      forget: count("forget"),
    },
    ...parts,
  };
}
