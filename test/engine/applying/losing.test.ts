import t from "tap";
import type { JournalEntry } from "../../../engine/model/state.js";
import { isObject } from "../../../engine/model/value.js";
import { Engine, pending } from "../../helpers/engine.js";

const ignoring = (rules: string) =>
  `resources:\n  security_group:\n    app:\n      rules: [${rules}]\n      lifecycle: { ignore_changes: [rules] }\n`;
const BEFORE = {
  "main.yaml": `${ignoring("{ ingress: ssh, from: security_group.old }")}    old: {}\n`,
};
const AFTER = { "main.yaml": ignoring("{ ingress: http }") };

/** Whether the state remembers that the group lost its rule. */
async function remembersRule(engine: Engine): Promise<boolean> {
  const instances = (await engine.store.read())?.instances ?? [];
  const app = instances.find((it) => it.address.name === "app");
  return JSON.stringify(app?.attributes.rules).includes('"port_range_min":22');
}

t.test(
  "a run killed anywhere in a deletion makes no drift of what others lost by it",
  async (t) => {
    for (let moment = 1; moment <= 4; moment += 1) {
      await Engine.use({}, async (engine) => {
        await engine.apply(BEFORE);
        const entries: JournalEntry["kind"][] = [];
        engine.store.onAppend = ({ kind }) => {
          entries.push(kind);
          if (entries.length === moment) throw new Error("killed");
        };
        await t.rejects(engine.apply(AFTER));
        engine.store.onAppend = () => {};
        const plan = await engine.plan(AFTER);
        t.strictSame(plan.drift, [], `after ${entries.join(", ")}`);
        await engine.apply(AFTER);
        t.strictSame(pending(await engine.plan(AFTER)), []);
        t.notOk(await remembersRule(engine));
      });
    }
  },
);

t.test("what could not be deleted takes nothing with it", async (t) => {
  await Engine.use({}, async (engine) => {
    await engine.apply(BEFORE);
    const instances = (await engine.store.read())?.instances ?? [];
    const id = instances.find((it) => it.address.name === "old")?.id ?? "";
    const { neutron } = engine.connection.cloud;
    const { network } = await neutron.post("/networks", { network: { name: "n" } });
    const network_id = isObject(network) ? String(network.id) : "";
    await neutron.post("/ports", { port: { network_id, security_groups: [id] } });
    await t.rejects(engine.apply(AFTER));
    t.ok(await remembersRule(engine), "the rule is there");
    const plan = await engine.plan(AFTER);
    t.strictSame(
      plan.interrupted.map((it) => it.address.name),
      ["old"],
      "only the deletion is open",
    );
  });
});
