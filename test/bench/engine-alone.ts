import { loadConfiguration } from "../../engine/config/load.js";
import type { Provider } from "../../engine/model/provider.js";
import type { ResourceType } from "../../engine/model/resource-type.js";
import type { Snapshot } from "../../engine/model/state.js";
import { makePlan } from "../../engine/planning/plan.js";
import { testRuntime } from "../helpers/runtime.js";

/** Seconds of CPU. */
export interface EngineCost {
  readonly load: number;
  readonly plan: number;
}

const nothing = async () => {
  throw new Error("nothing is to be done");
};

/** Things that cost nothing: each refers to the one before. */
function thingsThatExist(count: number): ResourceType {
  return {
    name: "thing",
    description: "A thing.",
    scope: "project",
    schema: {
      type: "object",
      properties: { after: { type: "string" }, size: { type: "integer" } },
    },
    attributes: {
      id: { description: "Its id.", computed: true },
      name: { description: "Its name.", unique: true },
      after: { description: "The id of another." },
      size: { description: "Its size." },
    },
    schemaVersion: 1,
    decode: async (body, { address }) => ({
      attributes: { name: address.name, ...body },
      diagnostics: [],
    }),
    list: async () => Array.from({ length: count }, (_, index) => object(index)),
    claim: async () => ({ kind: "none" }),
    canonical: (existing) => existing,
    create: nothing,
    delete: nothing,
  };
}

function object(index: number) {
  const name = `t${index}`;
  const after = index === 0 ? {} : { after: `id-${index - 1}` };
  return {
    id: `id-${index}`,
    name,
    attributes: { id: `id-${index}`, name, size: index, ...after },
  };
}

/** A plan of so many resources with nothing to do: the engine without any cloud. */
export async function planNothing(count: number): Promise<EngineCost> {
  const provider: Provider = {
    name: "openstack",
    schema: { type: "object" },
    types: [thingsThatExist(count)],
    connect: nothing,
  };
  const lines = Array.from({ length: count }, (_, index) => {
    const after = index === 0 ? "" : `, after: "\${thing.t${index - 1}.id}"`;
    return `    t${index}: { size: ${index}${after} }\n`;
  });
  const bytes = new TextEncoder().encode(`resources:\n  thing:\n${lines.join("")}`);
  const runtime = testRuntime();
  const began = process.cpuUsage();
  const { configuration } = await loadConfiguration({
    files: [{ path: "main.yaml", bytes }],
    variableFiles: [],
    variables: [],
    providers: [provider],
    runtime,
  });
  const load = seconds(process.cpuUsage(began));
  if (!configuration) throw new Error("the configuration has mistakes");
  const start = process.cpuUsage();
  const identity = {
    name: "none",
    authUrl: "",
    project: { id: "p", name: "p" },
    user: { id: "u", name: "u" },
  };
  const plan = await makePlan({
    configuration,
    snapshot: remembered(count),
    provider,
    connection: { cloud: undefined, identity, close: async () => {} },
    runtime,
    destroy: false,
    replace: [],
  });
  if (plan.summary["no-op"] !== count) throw new Error("something is to be done");
  return { load, plan: seconds(process.cpuUsage(start)) };
}

function remembered(count: number): Snapshot {
  const instances = Array.from({ length: count }, (_, index) => ({
    address: { type: "thing", name: `t${index}` },
    provider: "openstack",
    id: `id-${index}`,
    attributes: object(index).attributes,
    dependencies: index === 0 ? [] : [{ type: "thing", name: `t${index - 1}` }],
    schemaVersion: 1,
    preventDestroy: false,
  }));
  return { lineage: "bench", serial: 1, instances, pending: [], outputs: {} };
}

function seconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}
