import t from "tap";
import { failureOf, inTurn, scriptedCloud } from "../../../helpers/scripted-cloud.js";

const LOG_IN = "POST /v3/auth/tokens";
const GROUPS = "/security-groups";

t.test("a log-in is one request, a list that fits one more", async (t) => {
  const groups = [{ id: "a" }, { id: "b" }];
  const { server, cloud } = await scriptedCloud(
    t,
    inTurn({ status: 200, body: { security_groups: groups } }),
  );
  t.strictSame(await cloud.neutron.list(GROUPS, "security_groups", { marker: "id" }), groups);
  t.strictSame(server.lines(), [LOG_IN, "GET /networking/v2.0/security-groups"]);
  t.equal(server.requests[1]?.headers["x-auth-token"], "token-1");
});

t.test("a query is encoded, and a repeated name is sent repeatedly", async (t) => {
  const { server, cloud } = await scriptedCloud(t, inTurn({ status: 200, body: {} }));
  await cloud.neutron.get(GROUPS, { name: "a&b c", id: ["1", "2"] });
  t.equal(server.lines()[1], "GET /networking/v2.0/security-groups?name=a%26b+c&id=1&id=2");
});

t.test("a path is sent as it is, even one that a URL parser would shorten", async (t) => {
  const { server, cloud } = await scriptedCloud(t, inTurn({ status: 204 }));
  await cloud.nova.delete("/os-keypairs/%2e%2e");
  t.equal(server.lines()[1], "DELETE /compute/v2.1/os-keypairs/%2e%2e");
});

t.test("a 401 leads to one new log-in, however many requests run into it", async (t) => {
  const { server, cloud } = await scriptedCloud(t, (request) => {
    if (request.path === "/v3/auth/tokens") return undefined;
    const fresh = request.headers["x-auth-token"] === "token-2";
    return fresh ? { status: 200, body: { ok: true } } : { status: 401, body: {} };
  });
  const all = await Promise.all([1, 2, 3, 4].map(() => cloud.neutron.get(GROUPS)));
  t.strictSame(all, Array(4).fill({ ok: true }));
  t.equal(server.lines().filter((line) => line === LOG_IN).length, 2);
});

t.test("a new token that is refused too ends in unauthenticated", async (t) => {
  const { server, cloud } = await scriptedCloud(
    t,
    inTurn({ status: 401, body: { error: { message: "no", title: "Unauthorized" } } }),
  );
  const error = await failureOf(cloud.neutron.post(GROUPS, {}));
  t.equal(error.code, "unauthenticated");
  t.equal(error.response.effect, "none");
  t.equal(server.lines().length, 4);
});

t.test("a log-in refused later fails the request that needed it", async (t) => {
  let logIns = 0;
  const { cloud } = await scriptedCloud(t, (request) => {
    if (request.path !== "/v3/auth/tokens") return { status: 401, body: {} };
    return ++logIns === 1 ? undefined : { status: 401, body: { error: { title: "Unauthorized" } } };
  });
  const error = await failureOf(cloud.neutron.get(GROUPS));
  t.equal(error.code, "unauthenticated");
  t.match(error.message, /the log-in of user "demo" was refused/u);
});

t.test("an older Nova is asked for the newest version it has, from then on", async (t) => {
  const refusal = { computeFault: { code: 406, message: "Minimum is 2.1 and maximum is 2.79." } };
  const { server, cloud } = await scriptedCloud(t, (request) => {
    if (request.path === "/v3/auth/tokens") return undefined;
    return request.headers["openstack-api-version"] === "compute 2.79"
      ? { status: 200, body: { keypairs: [] } }
      : { status: 406, body: refusal };
  });
  const list = () => cloud.nova.list("/os-keypairs", "keypairs", { marker: "name" });
  await Promise.all([list(), list()]);
  await list();
  t.strictSame(
    server.requests
      .slice(1)
      .map((it) => it.headers["openstack-api-version"])
      .sort(),
    [...Array(3).fill("compute 2.79"), ...Array(2).fill("compute 2.92")],
  );
});

t.test("a redirect is not followed: the token stays where it belongs", async (t) => {
  const { server, cloud } = await scriptedCloud(
    t,
    inTurn({ status: 302, headers: { location: "http://elsewhere.example.org/" } }),
  );
  const error = await failureOf(cloud.neutron.get(GROUPS));
  t.equal(error.code, "bad-cloud-config");
  t.match(error.help ?? "", /http:\/\/elsewhere\.example\.org\//u);
  t.equal(server.lines().length, 2);
});

t.test("what is not JSON is no answer", async (t) => {
  for (const body of ["<html>Welcome</html>", '{"half":', "[1]", '"text"']) {
    const { cloud, server } = await scriptedCloud(t, inTurn({ status: 200, body }));
    const error = await failureOf(cloud.neutron.get(GROUPS));
    t.equal(error.code, "server-error");
    t.match(error.message, /is not a JSON object but text\/html/u);
    t.match(error.help, /auth_url and the catalog lead to the APIs/u);
    t.equal(server.lines().length, 2, "it is not asked for again");
  }
});

t.test("a list without its key is no list", async (t) => {
  const { cloud } = await scriptedCloud(t, inTurn({ status: 200, body: { security_groups: [1] } }));
  const error = await failureOf(cloud.neutron.list(GROUPS, "security_groups"));
  t.equal(error.code, "server-error");
});

t.test("after close nothing keeps the process", async (t) => {
  const { cloud, connection } = await scriptedCloud(t, inTurn({ status: 200, body: {} }));
  await cloud.neutron.get(GROUPS);
  await connection.close();
  await t.rejects(cloud.neutron.get(GROUPS));
});
