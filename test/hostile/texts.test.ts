import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t, { type Test } from "tap";
import { pathSegment } from "../../providers/openstack/http/path-segment.js";
import { runCli } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";

const STATE = "portcullis.state.json";
const CONFIGURATION = `
provider: { openstack: { sandbox: true } }
resources: { security_group: { web: { rules: [{ ingress: http }] } } }
outputs: { name: "\${security_group.web.name}" }
`;

const applied = mkdtempSync(join(tmpdir(), "portcullis-texts-"));
t.teardown(() => rmSync(applied, { recursive: true }));
t.before(async () => {
  writeFileSync(join(applied, "main.yaml"), CONFIGURATION);
  await runCli(["apply", "--auto-approve"], { cwd: applied });
  await runCli(["plan", "--out", "change.plan"], { cwd: applied });
});

/** A folder after an apply, with a plan file, and a file of it changed. */
function folderWith(t: Test, file: string, change: (text: string) => string): string {
  const cwd = temporaryFolder(t);
  cpSync(applied, cwd, { recursive: true });
  const path = join(cwd, file);
  writeFileSync(path, change(readFileSync(path, "utf8")));
  return cwd;
}

const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const inAttributes = (json: string) => (text: string) =>
  text.replace('"attributes": {', `"attributes": {\n        "more": ${json},`);

for (const { name, change, said } of [
  {
    name: "lists in lists",
    change: inAttributes(nested(10_000)),
    said: /expected JSON \(lists and mappings are nested more than 100 deep\)/u,
  },
  {
    name: "nothing but brackets",
    change: () => nested(1_000_000),
    said: /portcullis\.state\.json is no state of Portcullis/u,
  },
  {
    name: "a key twice",
    change: (text: string) => text.replace('"serial":', '"serial": 9,\n  "serial":'),
    said: /is damaged: line 5: expected the key "serial" only once/u,
  },
  {
    name: "a number beyond 2^53",
    change: (text: string) => text.replace(/"serial": \d+/u, '"serial": 9007199254740993'),
    said: /is damaged: serial: expected a whole number, got 9007199254740992/u,
  },
  {
    name: "a mark of an unfinished merge",
    change: (text: string) => text.replace('  "serial"', '<<<<<<< HEAD\n  "serial"'),
    said: /is damaged: line 4: expected JSON \(/u,
  },
  {
    name: "__proto__",
    change: (text: string) => text.replace('"serial":', '"__proto__": {"polluted": 1}, "serial":'),
    said: /is damaged: __proto__: expected no key of that name/u,
  },
]) {
  t.test(`a state with ${name} is refused at its place`, async (t) => {
    const cwd = folderWith(t, STATE, change);
    const { code, stderr } = await runCli(["plan"], { cwd });
    t.equal(code, 1);
    t.match(stderr, said);
    t.match(stderr, /help: .*the state before the last write is kept in/u);
    t.equal("polluted" in {}, false);
  });
}

/** Keys that mean something to the objects of JavaScript. */
const KEYS = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "toJSON"];
const EVIL = ['{"polluted": 1}', '{"prototype": {"polluted": 1}}', "null", '"x"'];
const CLEAN = Object.getOwnPropertyNames(Object.prototype).join();

for (const key of KEYS) {
  for (const evil of EVIL) {
    const member = `"${key}": ${evil},`;
    t.test(`${member} in an attribute of a state is a key like others`, async (t) => {
      const cwd = folderWith(t, STATE, (text) =>
        text.replace('"attributes": {', `"attributes": {\n ${member}`),
      );
      const { code, stdout, stderr } = await runCli(["plan"], { cwd });
      t.equal(code, 0, stderr);
      t.match(stdout, /No changes/u);
      t.equal(Object.getOwnPropertyNames(Object.prototype).join(), CLEAN);
    });

    t.test(`${member} in a plan file changes nothing of what it does`, async (t) => {
      const cwd = folderWith(t, "change.plan", (text) =>
        text
          .replace('"replace": []', `${member} "replace": []`)
          .replace(/\{\}/gu, `{${member}"a":1}`),
      );
      const { code, stdout, stderr } = await runCli(["apply", "change.plan"], { cwd });
      t.equal(code, 0, stderr);
      t.match(stdout, /No changes/u);
      t.equal(Object.getOwnPropertyNames(Object.prototype).join(), CLEAN);
    });
  }

  t.test(`a plan file whose own keys are in ${key} is damaged`, async (t) => {
    const cwd = folderWith(t, "change.plan", (text) => {
      const { portcullis_plan, ...rest } = JSON.parse(text);
      return `{"portcullis_plan": ${portcullis_plan}, "${key}": ${JSON.stringify(rest)}}`;
    });
    const { code, stderr } = await runCli(["apply", "change.plan"], { cwd });
    t.equal(code, 1);
    t.match(stderr, /change\.plan is no plan of Portcullis: it is damaged/u);
  });
}

for (const { name, change } of [
  { name: "lists in lists", change: () => nested(1_000_000) },
  {
    name: "an address that is none",
    change: (text: string) => text.replace('"replace": []', '"replace": ["nothing"]'),
  },
  {
    name: "a mapping in place of an address",
    change: (text: string) => text.replace('"replace": []', '"replace": [{"toString": null}]'),
  },
]) {
  t.test(`a plan file with ${name} is refused`, async (t) => {
    const cwd = folderWith(t, "change.plan", change);
    const { code, stderr } = await runCli(["apply", "change.plan"], { cwd });
    t.equal(code, 1);
    t.match(stderr, /change\.plan is no plan of Portcullis: it is (?:not JSON|damaged)/u);
  });
}

t.test("an id is one segment of a path, or none", async (t) => {
  for (const id of ["../../v3/users", "a?b=c", "a#b", "a%2e%2e", "a b", "\u001b[2J"]) {
    t.equal(new URL(`http://cloud/v2.0/groups/${pathSegment(id)}`).pathname.split("/").length, 4);
  }
  for (const id of ["", ".", "..", "\ud800"]) {
    t.throws(() => pathSegment(id), { code: "server-error", message: /that a URL can hold/u });
  }
});

for (const id of ["..", ""]) {
  t.test(`a state with the id "${id}" deletes nothing else`, async (t) => {
    const cwd = folderWith(t, STATE, (text) =>
      text.replace(/"id": "[0-9a-f-]{36}"/gu, `"id": "${id}"`),
    );
    const { code, stderr } = await runCli(["destroy", "--auto-approve"], { cwd });
    t.notMatch(stderr, /bug in Portcullis/u);
    t.equal(code === 0 || code === 1, true);
  });
}
