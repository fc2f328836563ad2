import { deepStrictEqual } from "node:assert/strict";
import fc from "fast-check";
import t from "tap";
import { arbitraryConfiguration } from "../helpers/arbitrary-configuration.js";
import { pictureOf } from "../helpers/cloud-picture.js";
import { Engine, pending } from "../helpers/engine.js";
import { holds } from "../helpers/property.js";
import { FILES_BESIDE, spellConfiguration } from "../helpers/spell-configuration.js";
import { Spelling } from "../helpers/spelling.js";

const seed = fc.nat(2 ** 31);

t.test("after an apply there is nothing to do", async () => {
  const property = fc.asyncProperty(arbitraryConfiguration, seed, (meaning, way) =>
    Engine.use(FILES_BESIDE, async (engine) => {
      const texts = spellConfiguration(meaning, new Spelling(way));
      await engine.apply(texts);
      deepStrictEqual(pending(await engine.plan(texts)), []);
    }),
  );
  await holds(40, property);
});

t.test("another spelling of the same, in another order, changes nothing", async () => {
  const property = fc.asyncProperty(arbitraryConfiguration, seed, seed, (meaning, one, other) =>
    Engine.use(FILES_BESIDE, async (engine) => {
      await engine.apply(spellConfiguration(meaning, new Spelling(one)));
      const plan = await engine.plan(spellConfiguration(meaning, new Spelling(other)));
      deepStrictEqual(pending(plan), []);
    }),
  );
  await holds(40, property);
});

t.test("a plan writes nothing, neither into the state nor into the cloud", async () => {
  const two = fc.tuple(arbitraryConfiguration, arbitraryConfiguration);
  const property = fc.asyncProperty(two, seed, fc.boolean(), ([before, after], way, destroy) =>
    Engine.use(FILES_BESIDE, async (engine) => {
      await engine.apply(spellConfiguration(before, new Spelling(way)));
      const { text } = engine.store;
      const picture = await pictureOf(engine.connection.cloud);
      const files = new Map(engine.runtime.disk);
      await engine.plan(spellConfiguration(after, new Spelling(way)), destroy);
      deepStrictEqual(engine.store.text, text);
      deepStrictEqual(await pictureOf(engine.connection.cloud), picture);
      deepStrictEqual(engine.runtime.disk, files);
    }),
  );
  await holds(20, property);
});
