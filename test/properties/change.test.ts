import { deepStrictEqual } from "node:assert/strict";
import fc from "fast-check";
import t from "tap";
import {
  arbitraryConfiguration,
  type ConfigurationMeaning,
} from "../helpers/arbitrary-configuration.js";
import { pictureOf } from "../helpers/cloud-picture.js";
import { Engine, pending } from "../helpers/engine.js";
import { holds } from "../helpers/property.js";
import { FILES_BESIDE, spellConfiguration } from "../helpers/spell-configuration.js";
import { Spelling } from "../helpers/spelling.js";

const seed = fc.nat(2 ** 31);

t.test("there and back again, the cloud is as it was", async () => {
  const heeding = arbitraryConfiguration.map(heedingAll);
  const two = fc.tuple(heeding, heeding.map(withoutDefaultGroup));
  const property = fc.asyncProperty(two, seed, ([here, there], way) =>
    Engine.use(FILES_BESIDE, async (engine) => {
      const first = spellConfiguration(here, new Spelling(way));
      const second = spellConfiguration(there, new Spelling(way));
      await engine.apply(first);
      const picture = await pictureOf(engine.connection.cloud);
      await engine.apply(second);
      deepStrictEqual(pending(await engine.plan(second)), []);
      await engine.apply(first);
      deepStrictEqual(await pictureOf(engine.connection.cloud), picture);
      deepStrictEqual(pending(await engine.plan(first)), []);
    }),
  );
  await holds(40, property);
});

t.test("what is made is destroyed without a trace", async () => {
  const deletable = arbitraryConfiguration.map(withoutDefaultGroup);
  const property = fc.asyncProperty(deletable, seed, (meaning, way) =>
    Engine.use(FILES_BESIDE, async (engine) => {
      const before = await pictureOf(engine.connection.cloud);
      const texts = spellConfiguration(meaning, new Spelling(way));
      await engine.apply(texts);
      await engine.apply(texts, true);
      deepStrictEqual(await pictureOf(engine.connection.cloud), before);
      deepStrictEqual((await engine.store.read())?.instances ?? [], []);
    }),
  );
  await holds(25, property);
});

/** What ignores changes is not what it was when it comes back. */
function heedingAll(meaning: ConfigurationMeaning): ConfigurationMeaning {
  const heeding = <T>(it: T) => ({ ...it, ignoring: false });
  return {
    ...meaning,
    groups: meaning.groups.map(heeding),
    ...(meaning.own && { own: heeding(meaning.own) }),
    credentials: meaning.credentials.map(heeding),
  };
}

/** The default group stays as it was left. */
function withoutDefaultGroup({ own: _, ...meaning }: ConfigurationMeaning): ConfigurationMeaning {
  return meaning;
}
