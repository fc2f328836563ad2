import t, { type Test } from "tap";
import type { Address } from "../../../../engine/model/address.js";
import type { ClaimRequest } from "../../../../engine/model/claim.js";
import type { Files } from "../../../../engine/model/runtime.js";
import type { Intent } from "../../../../engine/model/state.js";
import type { JsonObject, ValueObject } from "../../../../engine/model/value.js";
import { applicationCredential as type } from "../../../../providers/openstack/application-credential/type.js";
import type { TestRuntime } from "../../../helpers/runtime.js";
import { type ScriptedKeystone, scriptedKeystone } from "../../../helpers/scripted-keystone.js";

const address: Address = { type: "application_credential", name: "ci" };
const body = { expires_at: { in: "90d" }, write_to: { env: "ci.env", json: "ci.json" } };
const report = () => {};

const intent: Intent = {
  address,
  action: "create",
  startedAt: "2026-11-23T12:00:00.000Z",
  run: "run-1",
  name: "ci",
  existing: [],
};

async function claim(
  { cloud, runtime }: ScriptedKeystone,
  changes: Partial<ClaimRequest> = {},
  declared: ValueObject = body,
) {
  const { attributes: desired } = await type.decode(declared, { address, runtime });
  const unmanaged = await type.list(cloud);
  return type.claim(cloud, { address, desired, unmanaged, ...changes });
}

async function make({ cloud, runtime }: ScriptedKeystone, declared: ValueObject = body) {
  const { attributes: desired } = await type.decode(declared, { address, runtime });
  return type.create(cloud, { address, desired, report });
}

/** A cloud on which a run was killed: the disk as it was when it had done so many writes. */
async function killedAfter(test: Parameters<typeof scriptedKeystone>[0], writes: number) {
  const keystone = await scriptedKeystone(test);
  const { files } = keystone.runtime;
  let left = writes;
  const spend = () => {
    left -= 1;
    if (left < 0) throw new Error("killed");
  };
  const dying: Files = {
    ...files,
    createSecret: async (path, content) => {
      spend();
      return files.createSecret(path, content);
    },
    replaceSecret: async (path, content) => {
      spend();
      return files.replaceSecret(path, content);
    },
    remove: async (path) => {
      spend();
      return files.remove(path);
    },
  };
  const cloud = { ...keystone.cloud, runtime: { ...keystone.runtime, files: dying } };
  await make({ ...keystone, cloud }).catch(() => undefined);
  return keystone;
}

t.test("a free name is nobody's", async (t) => {
  t.strictSame(await claim(await scriptedKeystone(t)), { kind: "none" });
});

t.test("another's credential of that name is refused, wherever it is", async (t) => {
  const keystone = await scriptedKeystone(t);
  await make(keystone);
  const [object] = await type.list(keystone.cloud);
  const elsewhere = object && {
    ...object,
    attributes: { ...object.attributes, project_id: "p2" },
  };
  const shouting = object && { ...object, name: "CI" };
  const cases = [
    [object, undefined, "error", /has an application credential ci already/u],
    [elsewhere, undefined, "error", /ci in the project p2 already/u],
    [elsewhere, intent, "error", /in the project p2/u],
    [object, { ...intent, existing: ["credential-1"] }, "error", /already/u],
    [object, { ...intent, action: "delete" as const }, "error", /already/u],
    [shouting, undefined, "warning", /CI already/u],
  ] as const;
  for (const [found, begun, severity, summary] of cases) {
    const answer = await claim(keystone, {
      unmanaged: found ? [found] : [],
      ...(begun && { intent: begun }),
    });
    t.match(answer, { kind: "none", diagnostics: [{ code: "already-exists", severity, summary }] });
  }
});

t.test("wherever a run is killed, the next one ends with the secret delivered", async (t) => {
  for (let writes = 0; writes <= 4; writes += 1) {
    const keystone = await killedAfter(t, writes);
    const { cloud, runtime } = keystone;
    runtime.setTime("2026-11-23T12:05:00Z");
    const { attributes: declared } = await type.decode(body, { address, runtime });
    const answer = await claim(keystone, { intent });
    if (answer.kind === "adopt") {
      const existing = { ...answer.object.attributes, ...answer.local };
      const desired = type.reconcile?.(declared, existing) ?? declared;
      await type.update?.(cloud, { address, id: answer.object.id, desired, existing, report });
    } else {
      t.equal(writes, 0, "only a run that had done nothing starts again");
      await type.create(cloud, { address, desired: declared, report });
    }
    checkDelivered(t, keystone, runtime, `killed after ${writes} writes`);
  }
});

function checkDelivered(
  t: Test,
  { credentials }: ScriptedKeystone,
  runtime: TestRuntime,
  message: string,
): void {
  t.strictSame([...credentials.keys()], ["credential-1"], message);
  t.strictSame([...runtime.disk.keys()].sort(), ["ci.env", "ci.json"], message);
  const secret = String(credentials.get("credential-1")?.secret);
  t.ok(runtime.text("ci.env")?.includes(secret), message);
  t.ok(runtime.text("ci.json")?.includes(secret), message);
}

t.test("a run that was killed before it asked leaves its secret to the next", async (t) => {
  let isAlive = false;
  const keystone = await scriptedKeystone(t, {
    instead: ({ method, path }) =>
      isAlive || method !== "POST" || path === "/v3/auth/tokens" ? undefined : "hang up",
  });
  await t.rejects(make(keystone), { code: "unreachable" });
  const { disk, text } = keystone.runtime;
  const [pending = ""] = [...disk.keys()];
  const { secret } = JSON.parse(text(pending) ?? "");
  isAlive = true;
  await make(keystone);
  t.equal(keystone.credentials.get("credential-1")?.secret, secret);
  t.notOk(disk.has(pending));
});

t.test("what has been delivered already is taken over as it is", async (t) => {
  const keystone = await scriptedKeystone(t);
  const { attributes } = await make(keystone);
  const answer = await claim(keystone, { intent });
  t.match(answer, { kind: "adopt", object: { id: "credential-1" } });
  t.strictSame(
    answer.kind === "adopt" && { ...answer.object.attributes, ...answer.local },
    attributes,
  );
});

t.test("a credential whose secret is lost is made anew", async (t) => {
  const keystone = await scriptedKeystone(t);
  await make(keystone);
  keystone.runtime.disk.clear();
  const answer = await claim(keystone, { intent });
  t.match(answer, { kind: "discard", object: { id: "credential-1" }, reason: /secret was lost/u });
});

t.test("what an earlier declaration has made is made anew, with its file", async (t) => {
  const keystone = await scriptedKeystone(t);
  await make(keystone);
  const answer = await claim(keystone, { intent }, { ...body, description: "changed since" });
  t.match(answer, { kind: "discard", reason: /another declaration/u });
  if (answer.kind !== "discard") return;
  const { id, attributes: existing } = answer.object;
  await type.delete(keystone.cloud, { address, id, existing, report });
  t.strictSame([...keystone.runtime.disk.keys()], []);
});

t.test("a given secret needs no place between", async (t) => {
  const keystone = await scriptedKeystone(t);
  keystone.runtime.disk.set("s", new TextEncoder().encode("mine"));
  const declared = { secret: { file: "s" } };
  await make(keystone, declared);
  const answer = await claim(keystone, { intent }, declared);
  t.match(answer, { kind: "adopt" });
  const local: JsonObject = answer.kind === "adopt" ? (answer.local ?? {}) : {};
  t.match(local.secret_fingerprint, /^scrypt:/u);
});

t.test("a secret that cannot be delivered any more is told with its remedy", async (t) => {
  const keystone = await scriptedKeystone(t);
  const { id, attributes } = await make(keystone);
  const { cloud, runtime } = keystone;
  const { attributes: desired } = await type.decode(body, { address, runtime });
  const existing = { ...attributes, write_to: {} };
  await t.rejects(async () => type.update?.(cloud, { address, id, desired, existing, report }), {
    code: "file-error",
    help: /--replace 'application_credential.ci'/u,
  });
});
