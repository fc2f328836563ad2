import fc from "fast-check";
import t from "tap";
import { OutsideError } from "../../../../engine/model/errors.js";
import type { JsonObject } from "../../../../engine/model/value.js";
import { chooseEntry } from "../../../../providers/openstack/settings/chosen-entry.js";
import { testRuntime } from "../../../helpers/runtime.js";

interface World {
  readonly platform?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

const choose = (world: World, settings: JsonObject = {}) =>
  chooseEntry(settings, testRuntime(world));

async function refused(world: World, settings: JsonObject = {}): Promise<OutsideError> {
  const error: unknown = await choose(world, settings).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof OutsideError) return error;
  throw error ?? new Error("it did not fail");
}

const TWO = `
clouds:
  production: { auth: { auth_url: https://prod/ } }
  staging: { auth: { auth_url: https://stage/ } }
`;
const ONE = "clouds: { only: { auth: { auth_url: https://one/ } } }";

t.test("which cloud is meant", async (t) => {
  const files = { "clouds.yaml": TWO };
  const variables = { OS_AUTH_URL: "https://env/" };
  const rows: readonly (readonly [World, JsonObject, string, string])[] = [
    [{ files }, { cloud: "staging" }, "staging", "https://stage/"],
    [{ files, env: { OS_CLOUD: "staging" } }, {}, "staging", "https://stage/"],
    [
      { files, env: { OS_CLOUD: "staging" } },
      { cloud: "production" },
      "production",
      "https://prod/",
    ],
    [{ files, env: { ...variables, OS_CLOUD: "staging" } }, {}, "staging", "https://stage/"],
    [{ files, env: variables }, {}, "envvars", "https://env/"],
    [{ env: { ...variables, OS_CLOUD_NAME: "mine" } }, {}, "mine", "https://env/"],
    [{ files, env: { ...variables, OS_CLOUD: "envvars" } }, {}, "envvars", "https://env/"],
    [{ files, env: variables }, { cloud: "envvars" }, "envvars", "https://env/"],
    [{ files, env: variables }, { cloud: "staging" }, "staging", "https://stage/"],
    [{ files: { "clouds.yaml": ONE } }, {}, "only", "https://one/"],
    [
      { files: { "clouds.yaml": ONE }, env: { OS_INTERFACE: "public" } },
      {},
      "only",
      "https://one/",
    ],
    [
      { files, env: { ...variables, OS_CLOUD: "staging" } },
      { name: "sandbox", entry: { auth: { auth_url: "http://here" } } },
      "sandbox",
      "http://here",
    ],
  ];
  for (const [world, settings, name, url] of rows) {
    const entry = await choose(world, settings);
    t.strictSame([entry.name, entry.fields.auth_url], [name, url]);
  }
});

t.test("the first file there is wins", async (t) => {
  const at = (url: string) => `clouds: { c: { auth: { auth_url: "${url}" } } }`;
  const files: Record<string, string> = {
    "/given.yaml": at("given"),
    "clouds.yaml": at("here"),
    "clouds.yml": at("here yml"),
    "/xdg/openstack/clouds.yaml": at("xdg"),
    "~/.config/openstack/clouds.json": at("home"),
    "/etc/openstack/clouds.yaml": at("system"),
  };
  const env: Record<string, string> = {
    OS_CLIENT_CONFIG_FILE: "/given.yaml",
    XDG_CONFIG_HOME: "/xdg",
  };
  const found: unknown[] = [];
  for (const path of Object.keys(files)) {
    found.push((await choose({ files, env })).fields.auth_url);
    delete files[path];
    if (path === "/given.yaml") delete env.OS_CLIENT_CONFIG_FILE;
  }
  t.strictSame(found, ["given", "here", "here yml", "xdg", "home", "system"]);
});

t.test("where the files are looked for, by operating system", async (t) => {
  const places = async (platform: string, env: Record<string, string> = {}) => {
    const error = await refused({ platform, env }, { cloud: "x" });
    return error.message.replace('there is no cloud "x" in ', "").split(", ");
  };
  t.strictSame(await places("linux"), [
    "clouds.yaml",
    "~/.config/openstack/clouds.yaml",
    "/etc/xdg/openstack/clouds.yaml",
    "/etc/openstack/clouds.yaml",
  ]);
  t.strictSame(
    await places("linux", { XDG_CONFIG_HOME: "/xdg", XDG_CONFIG_DIRS: "/etc/xdg:/usr/xdg" }),
    [
      "clouds.yaml",
      "/xdg/openstack/clouds.yaml",
      "~/.config/openstack/clouds.yaml",
      "/etc/xdg/openstack/clouds.yaml",
      "/usr/xdg/openstack/clouds.yaml",
      "/etc/openstack/clouds.yaml",
    ],
  );
  t.strictSame(await places("darwin"), [
    "clouds.yaml",
    "~/Library/Application Support/openstack/clouds.yaml",
    "~/.config/openstack/clouds.yaml",
    "/Library/Application Support/openstack/clouds.yaml",
    "/etc/openstack/clouds.yaml",
  ]);
  const local = "C:\\Users\\ada\\AppData\\Local";
  t.strictSame(await places("win32", { LOCALAPPDATA: local }), [
    "clouds.yaml",
    `${local}/OpenStack/openstack/clouds.yaml`,
    "~/.config/openstack/clouds.yaml",
    "C:/ProgramData/OpenStack/openstack/clouds.yaml",
    "/etc/openstack/clouds.yaml",
  ]);
});

t.test("secure.yaml is laid over clouds.yaml, also from another folder", async (t) => {
  const { fields, source } = await choose({
    files: {
      "clouds.yaml": "clouds: { c: { auth: { username: u, password: wrong }, region_name: One } }",
      "/etc/openstack/secure.yaml": "clouds: { c: { auth: { password: right } } }",
    },
  });
  t.strictSame(fields, { username: "u", password: "right", region_name: "One" });
  t.equal(source, 'the cloud "c" of /work/clouds.yaml and /etc/openstack/secure.yaml');
});

t.test("a profile stands below the entry, an option of a region above it", async (t) => {
  const { fields } = await choose({
    files: {
      "clouds-public.yaml":
        "public-clouds: { vendor: { auth: { auth_url: https://v/ }, interface: internal, api_timeout: 9 } }",
      "clouds.yaml": `
clouds:
  c:
    profile: vendor
    auth: { username: u }
    interface: public
    regions: [ { name: One, values: { api_timeout: 5 } }, Two ]
`,
    },
  });
  t.match(fields, {
    auth_url: "https://v/",
    username: "u",
    interface: "public",
    api_timeout: "5",
    region_name: "One",
  });
});

t.test(
  "OS_REGION_NAME chooses the region of a file's cloud, as in the openstack command",
  async (t) => {
    const files = { "clouds.yaml": "clouds: { c: { region_name: One, regions: [One, Two] } }" };
    const { fields } = await choose({ files, env: { OS_REGION_NAME: "Two" } });
    t.equal(fields.region_name, "Two");
    const error = await refused({ files, env: { OS_REGION_NAME: "Three" } });
    t.match(error.help, /One, Two/u);
  },
);

t.test("region_name may be a list, the first of which is meant", async (t) => {
  for (const list of ["[Two, One]", '"Two, One"']) {
    const files = { "clouds.yaml": `clouds: { c: { region_name: ${list} } }` };
    t.equal((await choose({ files })).fields.region_name, "Two");
    const other = await choose({ files, env: { OS_REGION_NAME: "One" } });
    t.equal(other.fields.region_name, "One");
    t.match((await refused({ files, env: { OS_REGION_NAME: "Three" } })).help, /Two, One/u);
  }
});

t.test(
  "variables say what a file's cloud leaves out of the way there, never who logs in",
  async (t) => {
    const env = {
      OS_CLOUD: "c",
      OS_CACERT: "/env/ca.pem",
      OS_CERT: "/env/cert.pem",
      OS_KEY: "/env/key.pem",
      OS_ENDPOINT_TYPE: "internalURL",
      OS_DEFAULT_DOMAIN: "d",
      OS_USERNAME: "other",
      OS_PROJECT_NAME: "other",
      OS_AUTH_URL: "https://other",
      OS_INSECURE: "true",
    };
    const fieldsOf = async (entry: string) =>
      (await choose({ files: { "clouds.yaml": `clouds: { c: { ${entry} } }` }, env })).fields;
    t.strictSame(await fieldsOf('auth: { username: u }, cacert: ""'), {
      username: "u",
      cacert: "/env/ca.pem",
      cert: "/env/cert.pem",
      key: "/env/key.pem",
      interface: "internalURL",
      default_domain: "d",
    });
    const own = "cacert: ca.pem, cert: both.pem, interface: public, default_domain: mine";
    t.strictSame(await fieldsOf(own), {
      cacert: "ca.pem",
      cert: "both.pem",
      interface: "public",
      default_domain: "mine",
    });
  },
);

t.test("keys by their other names, inside auth and outside it", async (t) => {
  const { fields } = await choose({
    files: {
      "clouds.yaml": `
x-shared: &shared { tenant-name: old, user-domain-name: D, auth_token: tok }
clouds:
  c:
    auth: { <<: *shared, project-name: inside, password: 0123 }
    project_name: outside
    endpoint-type: internalURL
    compute_endpoint_type: admin
    verify: no
    region_name: ~
`,
    },
  });
  t.strictSame(fields, {
    project_name: "outside",
    user_domain_name: "D",
    token: "tok",
    password: "0123",
    interface: "internalURL",
    compute_interface: "admin",
    verify: "no",
  });
});

t.test("mistakes are told with their place and a remedy, never with the file's text", async (t) => {
  const file = (text: string) => ({ files: { "clouds.yaml": text } });
  const rows: readonly (readonly [World, JsonObject, RegExp, RegExp?])[] = [
    [
      file(TWO),
      { cloud: "prodution" },
      /no cloud "prodution" in \/work\/clouds.yaml/u,
      /Did you mean "production"/u,
    ],
    [file(TWO), { cloud: "toString" }, /no cloud "toString"/u, /production, staging/u],
    [file(TWO), {}, /no cloud is chosen/u, /production, staging/u],
    [{}, {}, /no cloud is described: .*OS_AUTH_URL/u, /--sandbox/u],
    [{}, { cloud: "x" }, /no cloud "x" in clouds.yaml, ~\/.config/u],
    [
      { env: { OS_CLIENT_CONFIG_FILE: "/gone" } },
      {},
      /^\/gone does not exist/u,
      /OS_CLIENT_CONFIG_FILE/u,
    ],
    [file("clouds:\n  c:\n\tpassword: hush"), {}, /^\/work\/clouds.yaml:3:1: Tabs/u],
    [file("clouds: [a, b]"), {}, /^\/work\/clouds.yaml:1:9: "clouds" must be a mapping/u],
    [file("clouds:\n  c: hush"), { cloud: "c" }, /^\/work\/clouds.yaml:2:6: the cloud "c" must/u],
    [file("- hush"), {}, /^\/work\/clouds.yaml:1:1: expected a mapping/u],
    [
      {
        ...file(TWO),
        env: { OS_CLOUD_NAME: "staging", OS_CLOUD: "staging", OS_AUTH_URL: "https://e/" },
      },
      {},
      /"staging" is both a cloud of \/work\/clouds.yaml and the OS_\* environment/u,
      /OS_CLOUD_NAME/u,
    ],
    [file("clouds: { c: { profile: nowhere } }"), {}, /yaml:1:25: there is no profile "nowhere"/u],
  ];
  for (const [world, settings, message, help] of rows) {
    const error = await refused(world, settings);
    t.equal(error.code, "bad-cloud-config");
    t.match(error.message, message);
    if (help) t.match(error.help, help);
    t.notMatch(`${error.message} ${error.help}`, /hush/u);
  }
});

t.test("any file is either understood or refused", async () => {
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.string().map((it) => `clouds: {c: {${it}}}`),
  );
  await fc.assert(
    fc.asyncProperty(text, async (content) => {
      try {
        await choose({ files: { "clouds.yaml": content } }, { cloud: "c" });
      } catch (error) {
        if (!(error instanceof OutsideError)) throw error;
      }
    }),
  );
});

t.test("bytes that are no text are refused", async (t) => {
  const runtime = testRuntime({ files: { "clouds.yaml": new Uint8Array([0xff, 0xfe, 0x00]) } });
  await t.rejects(chooseEntry({}, runtime), { message: "/work/clouds.yaml: not UTF-8 text" });
});
