import t from "tap";
import { Engine, pending } from "../../helpers/engine.js";

type Key = { readonly name: string; readonly depends_on?: readonly string[] };

const keys = (all: Readonly<Record<string, Key>>) => ({
  "main.yaml": JSON.stringify({
    resources: {
      key_pair: Object.fromEntries(
        Object.entries(all).map(([address, it]) => [
          address,
          { ...it, private_key_file: `${address}.pem` },
        ]),
      ),
    },
  }),
});

for (const [first, second] of [
  ["a", "z"],
  ["z", "a"],
] as const)
  t.test(`a name that ${second} took when ${first}'s was gone is ${second}'s alone`, async (t) => {
    await Engine.use({}, async (engine) => {
      await engine.apply(keys({ [first]: { name: "alpha" } }));
      await engine.connection.cloud.nova.delete("/os-keypairs/alpha");
      const renamed = keys({
        [second]: { name: "alpha" },
        [first]: { name: "beta", depends_on: [`key_pair.${second}`] },
      });
      engine.store.onAppend = (entry) => {
        if (entry.kind === "begun" && entry.intent.address.name === first)
          throw new Error("killed");
      };
      await t.rejects(engine.apply(renamed, false, 1));
      engine.store.onAppend = () => {};
      const known = (await engine.store.read())?.instances.map((it) => it.address.name);
      t.strictSame(known, [second]);
      const before = engine.runtime.text(`${second}.pem`);
      await engine.apply(renamed);
      t.strictSame(pending(await engine.plan(renamed)), []);
      t.equal(engine.runtime.text(`${second}.pem`), before, "its key is still in use");
      const { instances = [] } = (await engine.store.read()) ?? {};
      t.strictSame(
        instances.map((it) => `${it.address.name} ${it.id}`).sort(),
        [`${first} beta`, `${second} alpha`].sort(),
      );
    });
  });

t.test("who took another name keeps its place when the old one is taken", async (t) => {
  await Engine.use({}, async (engine) => {
    await engine.apply(keys({ a: { name: "alpha" } }));
    const texts = keys({
      a: { name: "beta" },
      z: { name: "alpha", depends_on: ["key_pair.a"] },
    });
    await engine.apply(texts);
    t.strictSame(pending(await engine.plan(texts)), []);
  });
});
