import t from "tap";
import type { Change } from "../../../../engine/model/plan.js";
import type { JsonObject, ValueObject } from "../../../../engine/model/value.js";
import { reviewKeyPair } from "../../../../providers/openstack/key-pair/review.js";
import { testRuntime } from "../../../helpers/runtime.js";
import { ED25519 } from "./samples.js";

const address = { type: "key_pair", name: "web" };
const resource = {
  address,
  provider: "openstack",
  config: {},
  dependsOn: [],
  lifecycle: { preventDestroy: false, ignoreChanges: [] },
  range: { file: "a.yaml", start: { line: 1, column: 1 }, end: { line: 1, column: 4 } },
  ranges: new Map(),
};
const { files } = testRuntime();
const base = { address, resource, reason: "", attributes: [] };
const desired = { name: "web", type: "ssh", algorithm: "ed25519", private_key_file: "web.pem" };
const blocked = { ...desired, private_key_problem: "holds a private key with a passphrase" };
const remembered = { ...desired, public_key: ED25519.text, generated_public_key: ED25519.text };

function create(desired: ValueObject, previous?: JsonObject): Change {
  return { ...base, action: "create", desired, existing: [], ...(previous && { previous }) };
}

function replace(desired: ValueObject, changed: readonly string[]): Change {
  const attributes = changed.map((name) => ({ path: [name], kind: "change" as const }));
  const instance = {
    address,
    provider: "openstack",
    id: "web",
    attributes: remembered,
    dependencies: [],
    schemaVersion: 1,
    preventDestroy: false,
  };
  return { ...base, action: "replace", desired, attributes, instance };
}

const CASES: readonly (readonly [string, Change, string | undefined])[] = [
  ["a new key with its place free", create(desired), undefined],
  [
    "a new key for which there is no place",
    create(blocked),
    "web.pem holds a private key with a passphrase",
  ],
  ["a key removed outside, to be imported again", create(blocked, remembered), undefined],
  [
    "a replacement for which there is no place",
    replace(blocked, ["algorithm"]),
    "web.pem holds a private key with a passphrase",
  ],
  [
    "a replacement that is asked for while the old key is in its place",
    replace({ ...desired, public_key: ED25519.text }, []),
    "web.pem still holds the private key that would be replaced",
  ],
  ["a replacement that is asked for with its place free", replace(desired, []), undefined],
  [
    "another name for the same key",
    replace({ ...desired, public_key: ED25519.text }, ["name"]),
    undefined,
  ],
  ["a key that is given", create({ name: "web", public_key: ED25519.text }), undefined],
];

for (const [what, change, summary] of CASES) {
  t.test(`${what} is ${summary ? "refused" : "allowed"}`, async (t) => {
    const found = await reviewKeyPair(files, change);
    t.strictSame(
      found.map((it) => it.summary),
      summary === undefined ? [] : [summary],
    );
    t.strictSame(
      found.filter((it) => it.code !== "secret-file-exists" || !it.help),
      [],
    );
  });
}
