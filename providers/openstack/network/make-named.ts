import { CloudError } from "../../../engine/model/errors.js";
import { equalJson, isObject, type JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { pathSegment } from "../http/path-segment.js";
import { text } from "./answer.js";
import { type Collection, listOwn } from "./collection.js";
import { inTurn } from "./in-turn.js";
import { markSeen, wasSeen } from "./seen.js";

/** What was made, as Neutron answers it, and what the user should know. */
export interface Made {
  readonly object: JsonObject;
  readonly notes: readonly string[];
}

/**
 * Makes one of a kind whose names are not unique. A request without an answer may take effect late,
 * beside its repetition: after one that was repeated a look finds both, and the one too many is
 * removed again. What has the same name is made one after the other, so that each look knows whose
 * a new one is.
 */
export function makeNamed(
  cloud: OpenStack,
  collection: Collection,
  fields: JsonObject & { readonly name: string },
): Promise<Made> {
  return inTurn(cloud, `${collection.path} ${fields.name}`, async () => {
    const notes: string[] = [];
    const found = async (object: JsonObject) => {
      notes.push(...(await removeTwins(cloud, collection, object)));
      return { [collection.member]: object };
    };
    const answer = await cloud.neutron.post(
      collection.path,
      { [collection.member]: fields },
      {
        landed: async () => {
          const object = await findNew(cloud, collection, fields.name);
          return object && found(object);
        },
        repeated: async (answer) => {
          await found(objectIn(answer, collection));
        },
      },
    );
    const object = objectIn(answer, collection);
    markSeen(cloud, [text(object.id)]);
    return { object, notes };
  });
}

function objectIn(answer: JsonObject, { member }: Collection): JsonObject {
  const object = answer[member];
  return isObject(object) ? object : {};
}

/**
 * What a request whose answer was lost has made: of that name, and new. Throws `conflict` where that
 * may be several that are not alike.
 */
async function findNew(
  cloud: OpenStack,
  collection: Collection,
  name: string,
): Promise<JsonObject | undefined> {
  const found = await listOwn(cloud, collection, { name });
  // Neutron compares names without case on some databases.
  const made = found.filter((it) => it.name === name && wasSeen(cloud, text(it.id)) !== true);
  const [first, ...others] = made;
  if (!first) return undefined;
  const known = wasSeen(cloud, text(first.id)) === false;
  if (known && others.every((it) => areTwins(collection, it, first))) return first;
  throw new CloudError(
    "conflict",
    `no answer came, and there is more than one new ${collection.thing} named ${JSON.stringify(name)}`,
    { effect: "unknown" },
  );
}

/**
 * Removes what is new and in all but its id like the one that is kept. Where it cannot, the creation
 * counts as one of unknown end: the next run then finds both.
 */
async function removeTwins(
  cloud: OpenStack,
  collection: Collection,
  kept: JsonObject,
): Promise<readonly string[]> {
  const { path, thing } = collection;
  try {
    const found = await listOwn(cloud, collection, { name: text(kept.name) });
    const twins = found.filter(
      (it) =>
        it.id !== kept.id &&
        wasSeen(cloud, text(it.id)) === false &&
        areTwins(collection, it, kept),
    );
    for (const { id } of twins) await cloud.neutron.delete(`${path}/${pathSegment(text(id))}`);
    return twins.map(
      ({ id }) =>
        `a request that had no answer made a second ${thing}: ${text(id)} was removed again`,
    );
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    // Somebody uses it already, or may keep it: the next plan warns of it.
    if (error.code === "in-use" || error.code === "forbidden") return [];
    const { code, response, message } = error;
    throw new CloudError(
      code,
      `a request without an answer may have made a second ${thing}, which could not be looked for: ${message}`,
      { ...response, effect: "unknown" },
      { cause: error, help: "Run it again: one is then taken over and any other removed." },
    );
  }
}

function areTwins({ attributesOf }: Collection, one: JsonObject, other: JsonObject): boolean {
  const [{ id: _one, ...a }, { id: _other, ...b }] = [attributesOf(one), attributesOf(other)];
  return equalJson(a, b);
}
