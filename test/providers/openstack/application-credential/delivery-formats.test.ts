import { execFileSync } from "node:child_process";
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import t from "tap";
import { parse } from "yaml";
import { Sensitive } from "../../../../engine/model/value.js";
import { cloudsYaml } from "../../../../providers/openstack/application-credential/clouds-yaml.js";
import type { DeliveredCredential } from "../../../../providers/openstack/application-credential/delivered-credential.js";
import { envFile } from "../../../../providers/openstack/application-credential/env-file.js";
import { jsonFile } from "../../../../providers/openstack/application-credential/json-file.js";
import { openrc } from "../../../../providers/openstack/application-credential/openrc.js";
import type { Login } from "../../../../providers/openstack/cloud.js";

const login: Login = {
  roles: [],
  authUrl: "https://api.example.org/identity/v3",
  region: "One",
  interface: "public",
  verify: true,
};

const credential = (secret: string, changes: Partial<Login> = {}): DeliveredCredential => ({
  id: "0123abcd",
  name: "ci",
  secret: new Sensitive(secret),
  projectId: "p1",
  login: { ...login, ...changes },
});

/** Texts such as a given secret may be. */
const secrets = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
  .filter((text) => !/\p{Cc}/u.test(text));

/** The settings that a shell has after sourcing a script. */
function source(script: string): Readonly<Record<string, string>> {
  const environment = execFileSync("sh", ["-c", 'set -a; eval "$SCRIPT"; unset SCRIPT; env -0'], {
    env: { SCRIPT: script, PATH: "/usr/bin:/bin", OS_PASSWORD: "old", OS_CLOUD: "old" },
    encoding: "utf8",
  });
  const lines = environment.split("\0").map((line) => line.split(/=(.*)/su));
  return Object.fromEntries(lines.filter(([name]) => name?.startsWith("OS_")));
}

const expected = (secret: string) => ({
  OS_AUTH_TYPE: "v3applicationcredential",
  OS_AUTH_URL: login.authUrl,
  OS_IDENTITY_API_VERSION: "3",
  OS_REGION_NAME: "One",
  OS_INTERFACE: "public",
  OS_APPLICATION_CREDENTIAL_ID: "0123abcd",
  OS_APPLICATION_CREDENTIAL_SECRET: secret,
});

t.test("any secret survives an openrc, which clears what would contradict it", async () => {
  fc.assert(
    fc.property(secrets, (secret) => {
      const read = source(openrc.render(credential(secret), "", undefined));
      return isDeepStrictEqual(read, expected(secret));
    }),
    { numRuns: 30, examples: [["'"], ['$(date) `date` \\ " !'], ["-x"], ["'\\''"]] },
  );
});

t.test("any secret survives an env file that a shell sources", async () => {
  fc.assert(
    fc.property(secrets, (secret) => {
      const {
        OS_PASSWORD: _,
        OS_CLOUD: __,
        ...read
      } = source(envFile.render(credential(secret), "", undefined));
      return isDeepStrictEqual(read, expected(secret));
    }),
    { numRuns: 30, examples: [["'"], ["a b"], ["#"], ["~"]] },
  );
});

t.test("a generated secret stands unquoted in an env file", async (t) => {
  const text = envFile.render(credential("Ab_-9"), "", undefined);
  t.match(text, /^OS_APPLICATION_CREDENTIAL_SECRET=Ab_-9$/mu);
});

t.test("any secret survives JSON", async () => {
  fc.assert(
    fc.property(secrets, (secret) => {
      const read: unknown = JSON.parse(jsonFile.render(credential(secret), "", undefined));
      return isDeepStrictEqual(read, {
        id: "0123abcd",
        name: "ci",
        secret,
        project_id: "p1",
        auth_type: "v3applicationcredential",
        auth_url: login.authUrl,
        region_name: "One",
        interface: "public",
        verify: true,
      });
    }),
  );
});

t.test("any secret and any name survive YAML as openstacksdk reads it", async () => {
  const entry = (secret: string) => ({
    auth_type: "v3applicationcredential",
    auth: {
      auth_url: login.authUrl,
      application_credential_id: "0123abcd",
      application_credential_secret: secret,
    },
    region_name: "One",
    interface: "public",
    identity_api_version: 3,
  });
  const examples: [string, string][] = [
    "yes",
    "123",
    "1_0",
    "1:30",
    "~",
    "null",
    "# x",
    "a: b",
    "0x1F",
    "=",
  ].map((text) => [text, text]);
  fc.assert(
    fc.property(secrets, secrets, (secret, cloud) => {
      const text = cloudsYaml.render(credential(secret), cloud, undefined);
      const expected = { clouds: Object.fromEntries([[cloud, entry(secret)]]) };
      return (["1.1", "1.2"] as const).every((version) =>
        isDeepStrictEqual(parse(text, { version }), expected),
      );
    }),
    { examples },
  );
});

t.test("each format knows its own credential again", async () => {
  for (const format of [openrc, envFile, jsonFile, cloudsYaml]) {
    fc.assert(
      fc.property(secrets, (secret) => {
        const text = format.render(credential(secret, { cacert: "/ca.pem" }), "ci", undefined);
        return isDeepStrictEqual(format.occupant(text, "ci"), { id: "0123abcd" });
      }),
    );
  }
});

t.test("a file that is not wholly a delivery is somebody's own", async (t) => {
  for (const format of [openrc, envFile]) {
    const text = `${format.render(credential("s"), "", undefined)}export EDITOR=vi\n`;
    t.same(format.occupant(text, ""), { words: "a credential, edited by hand" });
  }
  const edited = { ...JSON.parse(jsonFile.render(credential("s"), "", undefined)), mine: 1 };
  t.same(jsonFile.occupant(JSON.stringify(edited), ""), { words: "a credential, edited by hand" });
  for (const text of ["", "hello", "[1]", "null"]) {
    t.same(jsonFile.occupant(text, ""), { words: "something else" }, text);
    t.same(openrc.occupant(text, ""), { words: "something else" }, text);
    t.same(envFile.occupant(text, ""), { words: "something else" }, text);
  }
});

t.test("TLS settings go along", async (t) => {
  const text = openrc.render(credential("s", { cacert: "/it's/ca.pem", verify: false }), "", "");
  t.match(source(text), { OS_CACERT: "/it's/ca.pem", OS_INSECURE: "true" });
  const yaml: unknown = parse(
    cloudsYaml.render(credential("s", { cacert: "/ca.pem", verify: false }), "ci", undefined),
  );
  t.match(yaml, { clouds: { ci: { cacert: "/ca.pem", verify: false } } });
});

const MINE = `# my clouds
clouds:
  # the big one
  production:
    auth:
      auth_url: https://prod.example.org/v3 # with a note
      password: "p'w"
    regions: [a, b]
cache: &shared
  expiration_time: 3600
copy: *shared
`;

t.test("writing to a clouds.yaml keeps every other entry and comment", async (t) => {
  const merged = cloudsYaml.render(credential("s"), "ci", MINE);
  for (const comment of ["# my clouds", "# the big one", "# with a note"]) {
    t.ok(merged.includes(comment), comment);
  }
  const before: { clouds: object } = parse(MINE);
  const after: { clouds: Record<string, unknown> } = parse(merged);
  const { ci, ...others } = after.clouds;
  t.ok(ci);
  t.same({ ...after, clouds: others }, before);
  t.same(parse(cloudsYaml.erase(merged, "ci") ?? ""), before);
});

t.test("writing an entry again replaces it alone", async (t) => {
  const once = cloudsYaml.render(credential("first"), "ci", MINE);
  const twice = cloudsYaml.render(credential("second"), "ci", once);
  t.equal(twice, cloudsYaml.render(credential("second"), "ci", MINE));
});

t.test("a clouds.yaml that held nothing else goes with its entry", async (t) => {
  const text = cloudsYaml.render(credential("s"), "ci", undefined);
  t.equal(cloudsYaml.erase(text, "ci"), undefined);
  const two = cloudsYaml.render(credential("s"), "other", text);
  t.same(
    parse(cloudsYaml.erase(two, "ci") ?? ""),
    parse(cloudsYaml.render(credential("s"), "other", undefined)),
  );
});

t.test("what stands in a clouds.yaml is told apart", async (t) => {
  const cases = [
    ["", undefined],
    ["# nothing yet\n", undefined],
    ["clouds:\n", undefined],
    [MINE, undefined],
    ["clouds: { ci: { auth: { username: me } } }", { words: "an entry ci of another kind" }],
    ["clouds: []", { words: "something that is no clouds.yaml" }],
    ["- a\n- b\n", { words: "something that is no clouds.yaml" }],
    ["a: b\na: c\n", { words: "something that is no clouds.yaml" }],
    ["{", { words: "something that is no clouds.yaml" }],
    ["---\na: 1\n---\nb: 2\n", { words: "something that is no clouds.yaml" }],
  ] as const;
  for (const [text, occupant] of cases) t.same(cloudsYaml.occupant(text, "ci"), occupant, text);
});

t.test("an empty or commented clouds.yaml can be written to", async (t) => {
  for (const text of ["", "# mine\n", "clouds:\n", "clouds: {}\n"]) {
    const merged = cloudsYaml.render(credential("s"), "ci", text);
    t.same(cloudsYaml.occupant(merged, "ci"), { id: "0123abcd" }, text);
    t.equal(merged.includes("# mine"), text.includes("# mine"));
  }
});
