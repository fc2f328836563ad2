import t from "tap";
import { storedAddresses } from "../../providers/openstack/address-group/addresses.js";
import { observedRoles } from "../../providers/openstack/application-credential/role.js";
import { storedRule } from "../../providers/openstack/security-group/stored-rule.js";
import { failureOf, inTurn, scriptedCloud, tokenAnswer } from "../helpers/scripted-cloud.js";
import { type ScriptedAnswer, scriptedServer } from "../helpers/scripted-server.js";

const GROUPS = "/security-groups";
const LIST = "security_groups";

const nested = (open: string, close: string, levels: number) =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;

/** Lists groups from a cloud that answers so. */
async function listFrom(t: Parameters<typeof scriptedCloud>[0], ...answers: ScriptedAnswer[]) {
  const [first = { status: 500 }, ...others] = answers;
  const { cloud } = await scriptedCloud(t, inTurn(first, ...others));
  return cloud.neutron.list(GROUPS, LIST, { marker: "id" });
}

for (const { name, body, message } of [
  {
    name: "lists in lists",
    body: `{"${LIST}": ${nested("[", "]", 10_000)}}`,
    message: /is not a JSON object/u,
  },
  {
    name: "mappings in mappings",
    body: nested('{"a":', "}", 10_000),
    message: /is not a JSON object/u,
  },
  { name: "a page", body: "<html>Welcome</html>", message: /is not a JSON object but text\/html/u },
  { name: "a list of nothing", body: { [LIST]: [null] }, message: /with objects in it/u },
  { name: "an item without id", body: { [LIST]: [{ name: "a" }] }, message: /item without id/u },
  { name: "an empty id", body: { [LIST]: [{ id: "" }] }, message: /item without id/u },
  { name: "an id that is a list", body: { [LIST]: [{ id: ["a"] }] }, message: /item without id/u },
]) {
  t.test(`an answer with ${name} is a failure in words`, async (t) => {
    const error = await failureOf(listFrom(t, { status: 200, body }));
    t.equal(error.code, "server-error");
    t.match(error.message, message);
  });
}

t.test("JSON is read whatever type the answer claims", async (t) => {
  const body = JSON.stringify({ [LIST]: [{ id: "a" }] });
  const headers = { "content-type": "image/png" };
  t.strictSame(await listFrom(t, { status: 200, headers, body }), [{ id: "a" }]);
});

t.test("of equal keys the last counts", async (t) => {
  const body = `{"${LIST}": [], "${LIST}": [{"id": "a"}]}`;
  t.strictSame(await listFrom(t, { status: 200, body }), [{ id: "a" }]);
});

for (const key of ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"]) {
  for (const evil of ['{"polluted": 1}', '{"prototype": {"polluted": 1}}', "null"]) {
    t.test(`${key} of an answer, ${evil}, is a key like others`, async (t) => {
      const clean = Object.getOwnPropertyNames(Object.prototype).join();
      const own = `"${key}": ${evil}`;
      const body = `{"${LIST}": [{"id": "a", ${own}, "deep": {${own}}}], ${own}}`;
      const [item = {}] = await listFrom(t, { status: 200, body });
      t.strictSame(Object.keys(item), ["id", key, "deep"]);
      t.equal(Object.getPrototypeOf(item), Object.prototype);
      t.match(storedRule({ ...item, protocol: "tcp" }, "g"), { protocol: 6 });
      t.equal(Object.getOwnPropertyNames(Object.prototype).join(), clean);
      t.equal("polluted" in {}, false);
    });
  }
}

t.test("a list whose pages lead in a circle ends", async (t) => {
  const next = [{ rel: "next", href: "http://elsewhere.example.org/?marker=b" }];
  const page = (id: string) => ({
    status: 200,
    body: { [LIST]: [{ id }], [`${LIST}_links`]: next },
  });
  const error = await failureOf(listFrom(t, page("a"), page("b"), page("a"), page("b")));
  t.match(error.message, /the list changed each time/u);
});

t.test("a list whose pages never end is given up", async (t) => {
  let made = 0;
  const page = () => {
    const first = made;
    made += 100_000;
    const items = Array.from({ length: 100_000 }, (_, index) => `{"id":"${first + index}"}`);
    const next = `[{"rel":"next","href":"?marker=${made}"}]`;
    return { status: 200, body: `{"${LIST}":[${items}],"${LIST}_links":${next}}` };
  };
  const { cloud } = await scriptedCloud(t, ({ path }) =>
    path === "/v3/auth/tokens" ? undefined : page(),
  );
  const error = await failureOf(cloud.neutron.list(GROUPS, LIST, { marker: "id" }));
  t.match(error.message, /does not end after 250000 items/u);
});

t.test("a list of few and endless items is given up before it fills the memory", async (t) => {
  let made = 0;
  const page = () => {
    made += 1;
    const next = `[{"rel":"next","href":"?marker=${made}"}]`;
    const item = `{"id":"${made}","description":"${"x".repeat(60_000_000)}"}`;
    return { status: 200, body: `{"${LIST}":[${item}],"${LIST}_links":${next}}` };
  };
  const { cloud } = await scriptedCloud(t, ({ path }) =>
    path === "/v3/auth/tokens" ? undefined : page(),
  );
  const error = await failureOf(cloud.neutron.list(GROUPS, LIST, { marker: "id" }));
  t.match(error.message, /is longer than 256 MB/u);
  t.equal(made, 5);
});

t.test("the next page is asked of the same host, whatever the link says", async (t) => {
  const stranger = await scriptedServer(t, () => ({ status: 200, body: {} }));
  const href = `${stranger.origin}/steal?marker=a`;
  const { cloud, server } = await scriptedCloud(
    t,
    inTurn(
      { status: 200, body: { [LIST]: [{ id: "a" }], [`${LIST}_links`]: [{ rel: "next", href }] } },
      { status: 200, body: { [LIST]: [] } },
    ),
  );
  await cloud.neutron.list(GROUPS, LIST, { marker: "id" });
  t.strictSame(stranger.requests, []);
  t.match(server.lines().at(-1), /security-groups\?marker=a$/u);
});

for (const status of [301, 302, 303, 307, 308]) {
  t.test(`a redirect (${status}) is not followed: the token stays`, async (t) => {
    const stranger = await scriptedServer(t, () => ({ status: 200, body: {} }));
    const location = `${stranger.origin}/v2.0${GROUPS}`;
    const error = await failureOf(listFrom(t, { status, headers: { location } }));
    t.match(error.help, /It points to http:.* set auth_url/u);
    t.strictSame(stranger.requests, []);
  });
}

t.test("a redirect to itself is one answer", async (t) => {
  const { cloud, server } = await scriptedCloud(t, ({ path }) =>
    path === "/v3/auth/tokens" ? undefined : { status: 302, headers: { location: path } },
  );
  await failureOf(cloud.neutron.get(GROUPS));
  t.equal(server.requests.length, 2, "the log-in and one more");
});

t.test("a log-in is not redirected: the password stays", async (t) => {
  const stranger = await scriptedServer(t, (_request, origin) => tokenAnswer(origin, "theirs"));
  const location = `${stranger.origin}/v3/auth/tokens`;
  await t.rejects(
    scriptedCloud(t, () => ({ status: 307, headers: { location } })),
    { code: "bad-cloud-config" },
  );
  t.strictSame(stranger.requests, []);
});

t.test("values that have no text are none, wherever a text is expected", async (t) => {
  const textless = { toString: null, valueOf: null, toJSON: "x" };
  t.strictSame(storedAddresses({ addresses: [textless, "192.0.2.0/24", [textless]] }), {
    "192.0.2.0/24": "192.0.2.0/24",
  });
  t.equal(storedRule({ protocol: textless }, "g").protocol, "");
  t.strictSame(observedRoles([{ name: textless }, { name: "member" }]), {
    "": "",
    member: "member",
  });
});
