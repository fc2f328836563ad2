import t from "tap";
import { OutsideError } from "../../../../engine/model/errors.js";
import type { JsonObject } from "../../../../engine/model/value.js";
import { chooseEntry } from "../../../../providers/openstack/settings/chosen-entry.js";
import { readCloudSettings } from "../../../../providers/openstack/settings/cloud-settings.js";
import { VENDOR_PROFILES } from "../../../../providers/openstack/settings/vendor-profiles.js";
import { testRuntime } from "../../../helpers/runtime.js";
import { type ScriptedAnswer, scriptedServer } from "../../../helpers/scripted-server.js";

const choose = (entry: string, env: Record<string, string> = {}, publicClouds?: string) =>
  chooseEntry(
    {},
    testRuntime({
      env,
      files: {
        "clouds.yaml": `clouds: { c: ${entry} }`,
        ...(publicClouds !== undefined && { "clouds-public.yaml": publicClouds }),
      },
    }),
  );

const failure = async (chosen: Promise<unknown>): Promise<OutsideError> => {
  const error: unknown = await chosen.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof OutsideError) return error;
  throw error ?? new Error("it did not fail");
};

t.test("a public cloud by the name that openstacksdk knows it by", async (t) => {
  const rows: readonly (readonly [string, Record<string, string>, JsonObject])[] = [
    ["{ profile: ovh, region_name: GRA11 }", {}, { region_name: "GRA11" }],
    ["{ profile: ovh }", { OS_REGION_NAME: "DE1" }, { region_name: "DE1" }],
    ["{ cloud: ovh }", {}, { auth_url: "https://auth.cloud.ovh.net/" }],
    ["{ profile: ovh, auth: { auth_url: https://mine } }", {}, { auth_url: "https://mine" }],
    ["{ profile: otc }", {}, { region_name: "eu-de" }],
    ["{ profile: otc, region_name: eu-nl }", {}, { region_name: "eu-nl" }],
  ];
  for (const [entry, env, expected] of rows) {
    const { fields } = await choose(entry, env);
    t.match(fields, expected, entry);
  }
});

t.test("each of them has an address", async (t) => {
  for (const [name, profile] of Object.entries(VENDOR_PROFILES)) {
    t.match(JSON.stringify(profile), /"https:\/\/[^"/]+/u, name);
  }
});

t.test("a profile of the variables, and of clouds-public.yaml before all others", async (t) => {
  const env = { OS_PROFILE: "elastx", OS_USERNAME: "u" };
  const { fields } = await chooseEntry({}, testRuntime({ env }));
  t.match(fields, { auth_url: "https://ops.elastx.cloud:5000/v3", username: "u" });
  const own = "public-clouds: { ovh: { auth: { auth_url: https://own } } }";
  const chosen = await choose("{ profile: ovh }", {}, own);
  t.equal(chosen.fields.auth_url, "https://own");
});

t.test("a profile's regions are no more than a hint", async (t) => {
  const publicClouds = `
public-clouds:
  many: { auth: { auth_url: "https://{region_name}.k" }, regions: [{ name: A, values: { api_timeout: 5 } }, B] }
  one: { auth: { auth_url: "https://{region_name}.k" }, regions: [A] }
`;
  const region = async (entry: string) => (await choose(entry, {}, publicClouds)).fields;
  t.match(await region("{ profile: one }"), { region_name: "A" });
  t.match(await region("{ profile: one, region_name: New }"), { region_name: "New" });
  t.match(await region("{ profile: many, region_name: A }"), { api_timeout: "5" });
  t.equal((await region("{ profile: many }")).region_name, undefined);
  const runtime = testRuntime({
    files: {
      "clouds.yaml":
        "clouds: { c: { profile: many, auth: { username: u, password: p, project_name: p } } }",
      "clouds-public.yaml": publicClouds,
    },
  });
  const error = await failure(readCloudSettings({}, runtime));
  t.match(error.message, /cannot log in to "c": missing: region_name/u);
});

t.test("a cloud publishes its profile at a URL", async (t) => {
  const profile = {
    auth: { auth_url: "https://auth.example.com/v3" },
    identity_api_version: "3",
    regions: ["One"],
    profile: "https://elsewhere",
  };
  const server = await scriptedServer(t, ({ path }): ScriptedAnswer | undefined => {
    if (path === "/moved") return { status: 200, body: { name: "example", profile } };
    return { status: 301, headers: { location: "/moved" } };
  });
  const { fields } = await choose(
    `{ profile: "${server.origin}/any/path", auth: { username: u } }`,
  );
  t.match(fields, {
    auth_url: "https://auth.example.com/v3",
    username: "u",
    region_name: "One",
    profile: `${server.origin}/any/path`,
  });
  t.strictSame(server.lines(), ["GET /.well-known/openstack/api", "GET /moved"]);
});

t.test("a URL without a profile is told with a remedy", async (t) => {
  const answers: readonly (readonly [ScriptedAnswer, RegExp])[] = [
    [{ status: 404, body: "<html>no" }, /404 to GET \/.well-known/u],
    [{ status: 200, body: "<html>yes" }, /is not a JSON object but text\/html/u],
    [{ status: 200, body: { name: "x" } }, /it has no "profile"/u],
    [{ status: 302, headers: { location: "/again" } }, /its redirects lead nowhere/u],
    [{ status: 302 }, /its redirects lead nowhere/u],
    [
      { status: 302, headers: { location: "http://portal.example.com/" } },
      /portal.example.com\/: it is not read over https/u,
    ],
  ];
  for (const [answer, message] of answers) {
    const { origin } = await scriptedServer(t, () => answer);
    const error = await failure(choose(`{ profile: "${origin}" }`));
    t.equal(error.code, "bad-cloud-config");
    t.match(error.message, message);
    t.match(error.help, /auth_url/u);
  }
  const plain = await failure(choose('{ profile: "http://cloud.example.com" }'));
  t.match(plain.message, /anybody on the way could write it/u);
});

t.test("a profile is asked for with the bundle that a variable names", async (t) => {
  const { origin, lines } = await scriptedServer(t, () => ({ status: 200, body: { profile: {} } }));
  const error = await failure(
    choose(`{ profile: "${origin}" }`, { REQUESTS_CA_BUNDLE: "lost.pem" }),
  );
  t.match(error.message, /REQUESTS_CA_BUNDLE names \/work\/lost.pem, which does not exist/u);
  t.strictSame(lines(), []);
});

t.test("an unknown profile is told with its place and those that there are", async (t) => {
  const error = await failure(choose("{ profile: vexhost }"));
  t.match(error.message, /^\/work\/clouds.yaml:1:25: there is no profile "vexhost"$/u);
  t.match(error.help, /Did you mean "vexxhost"/u);
});
