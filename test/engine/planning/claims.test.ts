import t, { type Test } from "tap";
import type { JournalEntry } from "../../../engine/model/state.js";
import { Engine, pending } from "../../helpers/engine.js";
import type { Texts } from "../../helpers/load-texts.js";

const body = "{ name: twin, rules: [{ ingress: ssh }] }";
const BOTH = { "main.yaml": `resources:\n  security_group:\n    a: ${body}\n    b: ${body}\n` };
const ONE = { "main.yaml": `resources:\n  security_group:\n    a: ${body}\n` };
const NONE = { "main.yaml": "resources:\n  security_group: {}\n" };

/** Kills a run, at the latest before it has recorded that anything was made. */
async function killed(
  engine: Engine,
  shouldDie: (entry: JournalEntry) => boolean,
  texts: Texts = BOTH,
): Promise<void> {
  let isDead = false;
  engine.store.onAppend = (entry) => {
    isDead ||= shouldDie(entry);
    if (isDead) throw new Error("killed");
  };
  await engine.apply(texts, false, 2).catch(() => {});
  engine.store.onAppend = () => {};
}

async function twins({ connection }: Engine): Promise<number> {
  const groups = await connection.cloud.neutron.list("/security-groups", "security_groups");
  return groups.filter((it) => it.name === "twin").length;
}

/** Everything is as declared, with so many groups. */
async function settles(t: Test, engine: Engine, texts: Texts, count: number): Promise<void> {
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

const resource = (type: string, name: string, rest: string) => ({
  "main.yaml": `resources:\n  ${type}:\n    it: { name: ${name}, ${rest} }\n`,
});
const TYPES = [
  ["security_group", "rules: []", "/security-groups", "security_groups"],
  ["address_group", "addresses: []", "/address-groups", "address_groups"],
  ["key_pair", "private_key_file: it.pem", "/os-keypairs", "keypairs"],
  ["application_credential", "write_to: { json: it.json }", "", "application_credentials"],
] as const;

async function namesOf({ connection: { cloud } }: Engine, path: string, key: string) {
  const credentials = `/users/${cloud.identity.user.id}/application_credentials`;
  const service =
    path === "" ? cloud.keystone : path === "/os-keypairs" ? cloud.nova : cloud.neutron;
  return JSON.stringify(await service.list(path || credentials, key));
}

for (const [type, rest, path, key] of TYPES) {
  t.test(`a ${type} that is renamed after an interruption leaves nothing behind`, async (t) => {
    await Engine.use({}, async (engine) => {
      await killed(engine, asMade, resource(type, "before", rest));
      t.match(await namesOf(engine, path, key), "before");
      const renamed = resource(type, "after", rest);
      await engine.apply(renamed);
      t.notMatch(await namesOf(engine, path, key), "before");
      t.match(await namesOf(engine, path, key), "after");
      t.strictSame(pending(await engine.plan(renamed)), []);
    });
  });

  t.test(`a ${type} that was being made again and is declared no more is deleted`, async (t) => {
    await Engine.use({}, async (engine) => {
      const texts = resource(type, "again", rest);
      await engine.apply(texts);
      const { id } = (await engine.store.read())?.instances[0] ?? {};
      const { cloud } = engine.connection;
      if (path === "") {
        const user = cloud.identity.user.id;
        await cloud.keystone.delete(`/users/${user}/application_credentials/${id}`);
      } else {
        const service = path === "/os-keypairs" ? cloud.nova : cloud.neutron;
        await service.delete(`${path}/${id}`);
      }
      await killed(engine, asMade, texts);
      t.match(await namesOf(engine, path, key), "again");
      await engine.apply(NONE);
      t.notMatch(await namesOf(engine, path, key), "again");
      t.strictSame(pending(await engine.plan(NONE)), []);
    });
  });
}

for (const [type, rest, path, key] of TYPES) {
  t.test(`a ${type} that takes the name of another after an interruption`, async (t) => {
    const one = (address: string, name: string) =>
      `    ${address}: { name: ${name}, ${rest.replace("it.", `${address}.`)} }\n`;
    const both = { "main.yaml": `resources:\n  ${type}:\n${one("a", "mine")}${one("b", "other")}` };
    const after = { "main.yaml": `resources:\n  ${type}:\n${one("a", "other")}` };
    await Engine.use({}, async (engine) => {
      await killed(engine, asMade, both);
      await engine.apply(after);
      t.notMatch(await namesOf(engine, path, key), "mine");
      t.equal((await namesOf(engine, path, key)).split('"other"').length, 2, "and once");
      t.strictSame(pending(await engine.plan(after)), []);
    });
  });
}
