import t, { type Test } from "tap";
import type { Applied } from "../../engine/applying/apply.js";
import { isObject } from "../../engine/model/value.js";
import { Engine, pending } from "../helpers/engine.js";
import { killedRun } from "../helpers/killed-run.js";
import type { Texts } from "../helpers/load-texts.js";

const yaml = (resources: string): Texts => ({
  "p.yaml": `provider: { openstack: { sandbox: true } }\nresources: { ${resources} }\n`,
});

const credential = (body: string): Texts => yaml(`application_credential: { ci: { ${body} } }`);

const BEFORE = credential("write_to: { json: ci.json, env: ci.env }");

/** How the declaration is changed after the run that was killed. */
const AFTER: Readonly<Record<string, Texts>> = {
  "goes to another file": credential("write_to: { json: other.json, env: ci.env }"),
  "goes to fewer files": credential("write_to: { env: ci.env }"),
  "goes to a command": credential("write_to: { command: [vault, put] }"),
  "has another name": credential("name: cd, write_to: { json: other.json }"),
  "has another description": credential("description: New., write_to: { json: other.json }"),
  "is encrypted": credential(
    "write_to: { json: ci.age, encrypt_to: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p] }",
  ),
  "is not declared any more": yaml("address_group: { all: { addresses: [] } }"),
};

const GONE = AFTER["is not declared any more"] ?? {};

/** Kills runs at each write, with another declaration for the next. */
async function killEach(
  before: Texts,
  after: Texts,
  check: (engine: Engine, applied: Applied, where: string) => Promise<void>,
): Promise<void> {
  let isDone = false;
  for (let at = 1; !isDone; at += 1) {
    for (const moment of ["before", "after"] as const) {
      await Engine.use({}, async (engine) => {
        isDone = !(await killedRun(engine, before, at, moment));
        if (!isDone) await check(engine, await engine.apply(after), `killed ${moment} write ${at}`);
      });
    }
  }
}

/** The files that the state says a secret was delivered to. */
async function deliveredFiles({ store }: Engine): Promise<readonly string[]> {
  const { instances = [] } = (await store.read()) ?? {};
  return instances.flatMap(({ attributes: { write_to: places } }) =>
    (isObject(places) ? Object.values(places) : []).flatMap((it) =>
      isObject(it) && typeof it.path === "string" ? [it.path] : [],
    ),
  );
}

async function isClean(t: Test, engine: Engine, after: Texts, where: string): Promise<void> {
  t.strictSame(pending(await engine.plan(after)), [], `${where}: nothing is left to do`);
  const files = [...engine.runtime.disk.keys()].sort();
  t.strictSame(files, [...(await deliveredFiles(engine))].sort(), `${where}: no file is left over`);
  const { keystone, identity } = engine.connection.cloud;
  const path = `/users/${identity.user.id}/application_credentials`;
  const made = await keystone.list(path, "application_credentials");
  const { instances = [] } = (await engine.store.read()) ?? {};
  const known = instances.filter((it) => it.address.type === "application_credential");
  t.strictSame(
    made.map((it) => it.id),
    known.map((it) => it.id),
    `${where}: no credential is left over`,
  );
}

for (const [what, after] of Object.entries(AFTER))
  t.test(`a credential of a killed run that ${what} leaves no file behind`, (t) =>
    killEach(BEFORE, after, (engine, _applied, where) => isClean(t, engine, after, where)),
  );

for (const [what, after] of Object.entries(AFTER))
  t.test(`nor does one that ${what} when the run that took it over was killed too`, async (t) => {
    let isDone = false;
    for (let at = 1; !isDone; at += 1) {
      for (const moment of ["before", "after"] as const) {
        await Engine.use({}, async (engine) => {
          await killedRun(engine, BEFORE, 2, "after");
          isDone = !(await killedRun(engine, BEFORE, at, moment));
          if (isDone) return;
          await engine.apply(after);
          await isClean(t, engine, after, `killed ${moment} write ${at}`);
        });
      }
    }
    t.ok(isDone);
  });

t.test("a key that waited to be delivered goes with its key pair", async (t) => {
  const key = (body: string) => yaml(`key_pair: { ci: { ${body} } }`);
  const before = key("private_key_file: ci.pem");
  for (const after of [key("name: cd, private_key_file: cd.pem"), GONE]) {
    let isDone = false;
    for (let at = 1; !isDone; at += 1) {
      await Engine.use({}, async (engine) => {
        await killedRun(engine, before, 2, "before");
        isDone = !(await killedRun(engine, before, at, "before"));
        await engine.apply(after);
        const waiting = [...engine.runtime.disk.keys()].filter((it) => it.endsWith(".pending"));
        t.strictSame(waiting, [], `killed before write ${at}`);
      });
    }
  }
});

t.test("what was delivered whole stays, as it does where no run was killed", async (t) => {
  const after = credential("write_to: { json: other.json }");
  await Engine.use({}, async (engine) => {
    engine.store.onAppend = ({ kind }) => {
      if (kind === "written") throw new Error("killed");
    };
    await t.rejects(engine.apply(BEFORE));
    engine.store.onAppend = () => {};
    const files = new Map(engine.runtime.disk);
    const plan = await engine.plan(after);
    t.match(plan.changes, [{ action: "import" }]);
    t.match(plan.diagnostics, [{ code: "delivery-changed", detail: /ci\.json, ci\.env/u }]);
    await engine.apply(after);
    t.strictSame(engine.runtime.disk, files);
    t.strictSame([...(await deliveredFiles(engine))].sort(), ["ci.env", "ci.json"]);
  });
});

t.test("an intent says where the secret goes, and never the secret", async (t) => {
  await Engine.use({}, async (engine) => {
    await killedRun(engine, BEFORE, 3, "after");
    const { pending: begun = [] } = (await engine.store.read()) ?? {};
    t.match(begun, [{ action: "create", delivery: { write_to: { json: { path: "ci.json" } } } }]);
    const { secret } = JSON.parse(engine.runtime.text("ci.json") ?? "{}");
    t.type(secret, "string");
    t.notOk(JSON.stringify(begun).includes(secret));
  });
});

/** A run that was killed when it had delivered, and then what the next one says. */
async function afterDelivery(t: Test, after: Texts, meanwhile: (engine: Engine) => void) {
  return Engine.use({}, async (engine) => {
    engine.store.onAppend = ({ kind }) => {
      if (kind === "written") throw new Error("killed");
    };
    await t.rejects(engine.apply(BEFORE));
    engine.store.onAppend = () => {};
    meanwhile(engine);
    const { changes } = await engine.plan(after);
    const { notes } = await engine.apply(after);
    return {
      reasons: changes.map((it) => it.reason.replace(/\d{4}-\S+Z/u, "TIME")),
      notes: notes.map((it) => it.note),
      files: [...engine.runtime.disk.keys()].sort(),
    };
  });
}

const OTHER = AFTER["has another description"] ?? {};

t.test("what vanishes is told, in the plan and after it", async (t) => {
  const gone = await afterDelivery(t, GONE, () => {});
  t.match(
    gone.reasons.join(),
    "an interrupted run at TIME left it behind, its secret perhaps in ci.json and ci.env",
  );
  t.strictSame(gone.notes, ["secret removed from ci.json", "secret removed from ci.env"]);
  t.strictSame(gone.files, []);

  const other = await afterDelivery(t, OTHER, () => {});
  t.strictSame(other.reasons, [
    "created by an interrupted run at TIME, from another declaration, its secret in ci.json and ci.env",
  ]);
  t.strictSame(other.notes.slice(0, 2), gone.notes);
  t.strictSame(other.files, ["other.json"]);
});

t.test("what somebody has changed stays, and that is told", async (t) => {
  const edit = ({ runtime }: Engine) => {
    const text = runtime.text("ci.env") ?? "";
    runtime.disk.set("ci.env", new TextEncoder().encode(`${text}MINE=1\n`));
  };
  for (const after of [GONE, OTHER]) {
    const { notes, files } = await afterDelivery(t, after, edit);
    t.strictSame(notes.slice(0, 2), [
      "secret removed from ci.json",
      "ci.env stays: it holds a credential, edited by hand",
    ]);
    t.ok(files.includes("ci.env"));
    t.notOk(files.includes("ci.json"));
  }
});
