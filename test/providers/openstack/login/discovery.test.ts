import t, { type Test } from "tap";
import type { JsonObject } from "../../../../engine/model/value.js";
import { connect } from "../../../../providers/openstack/connect.js";
import { testRuntime } from "../../../helpers/runtime.js";
import { passwordEntry, tokenAnswer } from "../../../helpers/scripted-cloud.js";
import { type ScriptedAnswer, scriptedServer } from "../../../helpers/scripted-server.js";

/** What a proxy's backend says of itself: a host, scheme and port that nobody here can reach. */
const INTERNAL = "http://nova-api.internal.invalid:8774";
const versions = (status: number): ScriptedAnswer => ({
  status,
  body: {
    versions: [
      { id: "v2.1", status: "CURRENT", links: [{ rel: "self", href: `${INTERNAL}/v2.1/` }] },
    ],
  },
});

/** How clouds answer to who asks for their versions. */
const DISCOVERIES: readonly ScriptedAnswer[] = [
  versions(200),
  versions(300),
  { status: 403, body: "<html>forbidden" },
  { status: 404, body: "<html>not found" },
  { status: 301, headers: { location: `${INTERNAL}/` } },
];

interface Addresses {
  readonly auth?: string;
  readonly compute?: string;
  readonly network?: string;
  readonly entry?: (origin: string) => JsonObject;
}

/** The requests of a log-in and of one list of each service, at a cloud with these addresses. */
async function requestsAt(t: Test, discovery: ScriptedAnswer, addresses: Addresses) {
  const { auth = "/v3", compute = "/compute/v2.1", network = "/networking", entry } = addresses;
  const lists: Readonly<Record<string, ScriptedAnswer>> = {
    "os-keypairs": {
      status: 200,
      body: { keypairs: [], keypairs_links: [{ rel: "next", href: `${INTERNAL}/v2.1/x?a=1` }] },
    },
    "security-groups": { status: 200, body: { security_groups: [] } },
    application_credentials: { status: 200, body: { application_credentials: [] } },
  };
  const server = await scriptedServer(t, ({ path }, origin) => {
    const last = path.replace(/\?.*$/u, "").split("/").at(-1) ?? "";
    if (last !== "tokens") return lists[last] ?? discovery;
    const at = (type: string, url: string) => ({
      type,
      endpoints: [
        { interface: "internal", region_id: "One", url: `${INTERNAL}${url}` },
        { interface: "public", region_id: "One", url: `${origin}${url}` },
      ],
    });
    return tokenAnswer(origin, "t", {
      catalog: [at("compute", compute), at("network", network), at("identity", "/other/v2.0")],
    });
  });
  const whole = { ...passwordEntry(`${server.origin}${auth}`), ...entry?.(server.origin) };
  const { cloud, close } = await connect({ name: "c", entry: whole }, testRuntime());
  await cloud.nova.list("/os-keypairs", "keypairs", { marker: "name" });
  await cloud.neutron.list("/security-groups", "security_groups", { marker: "id" });
  await cloud.keystone.list("/users/u1/application_credentials", "application_credentials");
  await close();
  return server.lines();
}

const KEYSTONE = "/v3";
const NOVA = "/compute/v2.1";
const NEUTRON = "/networking/v2.0";

const expected = (identity = KEYSTONE, compute = NOVA, network = NEUTRON) => [
  `POST ${identity}/auth/tokens`,
  `GET ${compute}/os-keypairs`,
  `GET ${network}/security-groups`,
  `GET ${identity}/users/u1/application_credentials`,
];

t.test("no service is asked for its versions, so no wrong answer to that matters", async (t) => {
  for (const discovery of DISCOVERIES) {
    t.strictSame(await requestsAt(t, discovery, {}), expected());
  }
});

t.test("services behind a path, with and without version, slash and project", async (t) => {
  const rows: readonly (readonly [Addresses, readonly string[]])[] = [
    [{ auth: "" }, expected()],
    [{ auth: "/" }, expected()],
    [{ auth: "/v3/" }, expected()],
    [{ auth: "/v2.0" }, expected()],
    [{ auth: "/identity" }, expected("/identity/v3")],
    [{ auth: "/identity/v3/" }, expected("/identity/v3")],
    [{ auth: "/api/identity" }, expected("/api/identity/v3")],
    [{ compute: "" }, expected(KEYSTONE, "/v2.1")],
    [{ compute: "/v2.1/p1" }, expected(KEYSTONE, "/v2.1")],
    [{ compute: "/compute/" }, expected()],
    [{ compute: "/compute/v2/p1/" }, expected()],
    [{ compute: "/compute/v2.1/AUTH_p1" }, expected()],
    [{ compute: "/compute/v2.1/%(tenant_id)s" }, expected()],
    [{ compute: "/compute/v2.1/$(project_id)s" }, expected()],
    [{ network: "" }, expected(KEYSTONE, NOVA, "/v2.0")],
    [{ network: "/" }, expected(KEYSTONE, NOVA, "/v2.0")],
    [{ network: "/networking/v2.0/" }, expected()],
    [{ network: "/network/v2" }, expected(KEYSTONE, NOVA, "/network/v2.0")],
  ];
  for (const [addresses, lines] of rows) {
    t.strictSame(await requestsAt(t, versions(300), addresses), lines, JSON.stringify(addresses));
  }
});

t.test("what is said of one service holds for it alone", async (t) => {
  const rows: readonly (readonly [(origin: string) => JsonObject, readonly string[]])[] = [
    [
      (origin) => ({ compute_endpoint_override: `${origin}/gate/nova/v2.1/p1` }),
      expected(KEYSTONE, "/gate/nova/v2.1"),
    ],
    [
      (origin) => ({ network_endpoint_override: `${origin}/gate/neutron` }),
      expected(KEYSTONE, NOVA, "/gate/neutron/v2.0"),
    ],
    [(origin) => ({ network_endpoint: `${origin}/old/` }), expected(KEYSTONE, NOVA, "/old/v2.0")],
    [
      (origin) => ({ identity_endpoint_override: `${origin}/identity/v3` }),
      [...expected().slice(0, 3), "GET /identity/v3/users/u1/application_credentials"],
    ],
    [
      () => ({ identity_interface: "public" }),
      [...expected().slice(0, 3), "GET /other/v3/users/u1/application_credentials"],
    ],
    [
      () => ({ identity_service_type: "identity" }),
      [...expected().slice(0, 3), "GET /other/v3/users/u1/application_credentials"],
    ],
    [
      (origin) => ({
        interface: "internal",
        compute_endpoint_override: `${origin}/c`,
        network_interface: "publicURL",
      }),
      expected(KEYSTONE, "/c/v2.1"),
    ],
  ];
  for (const [entry, lines] of rows) {
    t.strictSame(await requestsAt(t, versions(200), { entry }), lines);
  }
});

t.test("what is written for others says what holds for all services", async (t) => {
  const server = await scriptedServer(t, (_, origin) => tokenAnswer(origin, "t"));
  const entry = { ...passwordEntry(server.origin), identity_interface: "admin" };
  const { cloud, close } = await connect({ name: "c", entry }, testRuntime());
  t.equal(cloud.login.interface, "public");
  await close();
});
