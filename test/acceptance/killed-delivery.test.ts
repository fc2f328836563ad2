import { armor, Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import sshpk from "sshpk";
import t, { type Test } from "tap";
import { Engine, pending } from "../helpers/engine.js";
import { killedRun } from "../helpers/killed-run.js";
import type { Texts } from "../helpers/load-texts.js";
import type { TestRuntime } from "../helpers/runtime.js";

const identity = await generateX25519Identity();
const encrypt_to = `[${await identityToRecipient(identity)}]`;

/** Where a secret is delivered, and how it is found there. */
interface Delivery {
  readonly declared: string;
  readonly find: (runtime: TestRuntime) => string | undefined | Promise<string>;
}

const inFile = (path: string) => (runtime: TestRuntime) => runtime.text(path);
const given = ({ fed }: TestRuntime) => fed.at(-1)?.[1];
const opened =
  (find: (runtime: TestRuntime) => string | undefined) => async (runtime: TestRuntime) => {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return decrypter.decrypt(armor.decode(find(runtime) ?? ""), "text");
  };

const KEYS: Readonly<Record<string, Delivery>> = {
  "a file": { declared: "private_key_file: web.pem", find: inFile("web.pem") },
  "an encrypted file": {
    declared: `private_key_file: web.age, encrypt_to: ${encrypt_to}`,
    find: opened(inFile("web.age")),
  },
  "a command": { declared: "private_key_command: [vault, put]", find: given },
  "a command, encrypted": {
    declared: `private_key_command: [vault, put], encrypt_to: ${encrypt_to}`,
    find: opened(given),
  },
};

const CREDENTIALS: Readonly<Record<string, Delivery>> = {
  "two files": { declared: "json: ci.json, env: ci.env", find: inFile("ci.json") },
  "an encrypted file": {
    declared: `json: ci.age, encrypt_to: ${encrypt_to}`,
    find: opened(inFile("ci.age")),
  },
  "a command": { declared: "command: [vault, put]", find: given },
  "a command and an encrypted file": {
    declared: `command: [vault, put], env: ci.age, encrypt_to: ${encrypt_to}`,
    find: opened(given),
  },
};

const yaml = (type: string, body: string): Texts => ({
  "p.yaml": `provider: { openstack: { sandbox: true } }\nresources: { ${type}: { web: { ${body} } } }\n`,
});

type Check = (t: Test, engine: Engine, secret: string) => Promise<void>;

/** Kills runs at each write, and answers with what the plans after them said. */
async function killEach(t: Test, texts: Texts, find: Delivery["find"], check: Check) {
  const reasons = new Set<string>();
  let isDone = false;
  for (let at = 1; !isDone; at += 1) {
    for (const moment of ["before", "after"] as const) {
      await Engine.use({}, async (engine) => {
        isDone = !(await killedRun(engine, texts, at, moment));
        if (isDone) return;
        for (const { reason, action } of (await engine.plan(texts)).changes) {
          reasons.add(`${action}: ${reason.replace(/\d{4}-\S+Z/u, "TIME")}`);
        }
        await engine.apply(texts);
        const where = `killed ${moment} write ${at}`;
        t.strictSame(pending(await engine.plan(texts)), [], `${where}: nothing is left to do`);
        const left = [...engine.runtime.disk.keys()].filter((it) => it.endsWith(".pending"));
        t.strictSame(left, [], `${where}: nothing waits`);
        await check(t, engine, (await find(engine.runtime)) ?? "");
      });
    }
  }
  return [...reasons].sort();
}

/** Kills a run at each write, and the next one at each. */
async function killTwice(t: Test, texts: Texts, find: Delivery["find"], check: Check) {
  let isDone = false;
  for (let first = 1; !isDone; first += 1) {
    let isWhole = false;
    for (let second = 1; !isDone && !isWhole; second += 1) {
      await Engine.use({}, async (engine) => {
        isDone = !(await killedRun(engine, texts, first, "after"));
        if (isDone) return;
        isWhole = !(await killedRun(engine, texts, second, "after"));
        await engine.apply(texts);
        const where = `killed after write ${first}, and after write ${second} of the next run`;
        t.strictSame(pending(await engine.plan(texts)), [], `${where}: nothing is left to do`);
        await check(t, engine, (await find(engine.runtime)) ?? "");
      });
    }
  }
}

const isKeyOfCloud: Check = async (t, engine, secret) => {
  const found = await engine.connection.cloud.nova.list("/os-keypairs", "keypairs");
  const key = sshpk.parsePrivateKey(secret, "pem").toPublic().toString("ssh").split(" ")[1] ?? "";
  t.match(JSON.stringify(found), key);
  t.equal(found.length, 1);
};

const logsIn: Check = async (t, { sandbox }, secret) => {
  const content: { id: string; secret: string } = JSON.parse(secret);
  const response = await fetch(`${sandbox.authUrl}/auth/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      auth: { identity: { methods: ["application_credential"], application_credential: content } },
    }),
  });
  t.equal(response.status, 201);
};

const ADOPTED = "import: adopted: created by an interrupted run at TIME";
const LOST_KEY = "replace: created by an interrupted run at TIME, and its private key was lost";
const LOST_SECRET = "replace: created by an interrupted run at TIME, and its secret was lost";

for (const [what, { declared, find }] of Object.entries(KEYS))
  t.test(`a private key for ${what} survives a kill at any write`, async (t) => {
    const reasons = await killEach(t, yaml("key_pair", declared), find, isKeyOfCloud);
    const lost = what.startsWith("a command") ? [LOST_KEY] : [];
    t.strictSame(reasons, ["create: it is new", ADOPTED, ...lost]);
  });

for (const [what, { declared, find }] of Object.entries(CREDENTIALS))
  t.test(`a secret for ${what} survives a kill at any write, or is made again`, async (t) => {
    const texts = yaml("application_credential", `write_to: { ${declared} }`);
    const reasons = await killEach(t, texts, find, logsIn);
    const lost = what.includes("encrypted") ? [LOST_SECRET] : [];
    t.strictSame(reasons, ["create: it is new", ADOPTED, ...lost]);
  });

for (const [what, { declared, find }] of Object.entries(KEYS))
  t.test(`a private key for ${what} survives two kills in a row`, async (t) => {
    await killTwice(t, yaml("key_pair", declared), find, isKeyOfCloud);
  });

for (const [what, { declared, find }] of Object.entries(CREDENTIALS))
  t.test(`a secret for ${what} survives two kills in a row`, async (t) => {
    await killTwice(t, yaml("application_credential", `write_to: { ${declared} }`), find, logsIn);
  });
