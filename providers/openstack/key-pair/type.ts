import type { ResourceType } from "../../../engine/model/resource-type.js";
import type { OpenStack } from "../cloud.js";
import { ATTRIBUTES } from "./attributes.js";
import { canonicalKeyPair } from "./canonical.js";
import { claimKeyPair } from "./claim.js";
import { createKeyPair } from "./create.js";
import { decodeKeyPair } from "./decode.js";
import { forgetKeyPair } from "./forget.js";
import { keepGeneratedKey } from "./keep-key.js";
import { keyPlaceOf, placeAttributes, stagingPathOf } from "./key-place.js";
import { ownsSecret } from "./owns-secret.js";
import { keyPairQuota } from "./quota.js";
import { keyPairPath, listKeyPairs } from "./remote.js";
import { reviewKeyPair } from "./review.js";
import { SCHEMA } from "./schema.js";
import { warnOfServers } from "./servers.js";
import { updateKeyPair } from "./update.js";

/**
 * Nova's key pairs: they belong to a user, are known by their name, and are immutable. Private
 * keys are generated here, never by the cloud, and only their public half is sent.
 */
export const keyPair: ResourceType<OpenStack> = {
  name: "key_pair",
  description: "An SSH key, or a certificate, with which a user logs in to instances.",
  scope: "user",
  schema: SCHEMA,
  attributes: ATTRIBUTES,
  schemaVersion: 1,
  decode: decodeKeyPair,
  list: listKeyPairs,
  claim: ({ runtime }, request) => claimKeyPair(runtime.files, request),
  canonical: canonicalKeyPair,
  reconcile: keepGeneratedKey,
  quota: keyPairQuota,
  delivery: (desired) => {
    const place = keyPlaceOf(desired);
    return place ? placeAttributes(place) : {};
  },
  secretFiles: ({ private_key_file: path }) => (typeof path === "string" ? [path] : []),
  stagingFile: (address, existing) => {
    const place = keyPlaceOf(existing);
    return place && stagingPathOf(address, place);
  },
  ownsSecret,
  review: async (cloud, { change }) => {
    const servers = warnOfServers(cloud, change);
    return [...(await reviewKeyPair(cloud.runtime.files, change)), ...(await servers)];
  },
  create: createKeyPair,
  update: updateKeyPair,
  forget: forgetKeyPair,
  delete: async (cloud, { address, id, existing }) => {
    await cloud.nova.delete(keyPairPath(id));
    await forgetKeyPair(cloud, { address, existing });
  },
};
