import t, { type Test } from "tap";
import type { JournalEntry } from "../../../engine/model/state.js";
import { Engine, pending } from "../../helpers/engine.js";

const body = "{ name: twin, rules: [{ ingress: ssh }] }";
const BOTH = { "main.yaml": `resources:\n  security_group:\n    a: ${body}\n    b: ${body}\n` };
const ONE = { "main.yaml": `resources:\n  security_group:\n    a: ${body}\n` };
const NONE = { "main.yaml": "resources:\n  security_group: {}\n" };

/** Kills a run that makes both before it has recorded that either was made. */
async function killed(engine: Engine, shouldDie: (entry: JournalEntry) => boolean): Promise<void> {
  let isDead = false;
  engine.store.onAppend = (entry) => {
    isDead ||= shouldDie(entry);
    if (isDead) throw new Error("killed");
  };
  await engine.apply(BOTH, false, 2).catch(() => {});
  engine.store.onAppend = () => {};
}

async function twins({ connection }: Engine): Promise<number> {
  const groups = await connection.cloud.neutron.list("/security-groups", "security_groups");
  return groups.filter((it) => it.name === "twin").length;
}

/** Everything is as declared, with so many groups. */
async function settles(t: Test, engine: Engine, texts: typeof BOTH, count: number): Promise<void> {
  await engine.apply(texts);
  t.equal(await twins(engine), count);
  t.strictSame(pending(await engine.plan(texts)), []);
  const ids = (await engine.store.read())?.instances.map((it) => it.id) ?? [];
  t.equal(new Set(ids).size, count);
}

const asMade = ({ kind }: JournalEntry) => kind === "written";

t.test("two of one name that an interrupted run has made are adopted by one each", async (t) => {
  await Engine.use({}, async (engine) => {
    await killed(engine, asMade);
    t.equal(await twins(engine), 2);
    await settles(t, engine, BOTH, 2);
  });
});

t.test("of two of one name the one that was made is adopted once", async (t) => {
  await Engine.use({}, async (engine) => {
    await killed(engine, asMade);
    const { neutron } = engine.connection.cloud;
    const groups = await neutron.list("/security-groups", "security_groups");
    const made = groups.find((it) => it.name === "twin");
    await neutron.delete(`/security-groups/${made?.id}`);
    await settles(t, engine, BOTH, 2);
  });
});

t.test("what is adopted is not deleted as the work of one that is declared no more", async (t) => {
  for (const alone of [false, true]) {
    await Engine.use({}, async (engine) => {
      await killed(engine, asMade);
      const { neutron } = engine.connection.cloud;
      const groups = await neutron.list("/security-groups", "security_groups");
      const made = groups.find((it) => it.name === "twin");
      if (alone) await neutron.delete(`/security-groups/${made?.id}`);
      await settles(t, engine, ONE, 1);
    });
  }
});

t.test("what was left behind by two of one name is deleted once", async (t) => {
  await Engine.use({}, async (engine) => {
    await killed(engine, asMade);
    const { changes } = await engine.plan(NONE);
    t.strictSame(
      changes.map((it) => it.action),
      ["delete", "delete"],
    );
    await settles(t, engine, NONE, 0);
  });
});
