import t, { type Test } from "tap";
import type { JsonObject } from "../../../../engine/model/value.js";
import { warnOfServers } from "../../../../providers/openstack/key-pair/servers.js";
import { aChange } from "../../../helpers/plans.js";
import { scriptedCloud } from "../../../helpers/scripted-cloud.js";
import type { ScriptedAnswer } from "../../../helpers/scripted-server.js";

/** A change of the key pair `id-1`, the id of every built instance. */
const change = (action: "delete" | "replace" | "no-op") => aChange(action, "key_pair.web");
const server = (name: string, more: JsonObject = {}): JsonObject => ({
  id: `${name}-id`,
  name,
  key_name: "id-1",
  user_id: "u1",
  ...more,
});

async function withServers(t: Test, answer: ScriptedAnswer) {
  const { cloud, server: seen } = await scriptedCloud(t, ({ path }) =>
    path.startsWith("/compute") ? answer : undefined,
  );
  const asked = () => seen.requests.map((it) => it.path).filter((it) => it.includes("servers"));
  return { cloud, asked };
}

t.test("servers that were made with a key pair are named before it goes", async (t) => {
  const servers = [
    server("web-1"),
    server("", { id: "nameless" }),
    server("other", { key_name: "id-10" }),
    server("theirs", { user_id: "u2" }),
  ];
  const { cloud, asked } = await withServers(t, { status: 200, body: { servers } });
  t.strictSame(await warnOfServers(cloud, change("delete")), [
    {
      severity: "warning",
      code: "key-in-use",
      summary: "2 servers were made with this key pair, and keep its public key",
      detail:
        "Deleting a key pair changes nothing in servers that are there: its private key still logs in to them.",
      pointer: "",
      actual: "web-1, nameless",
      help: "Keep the private key while they are needed; to end its access, take the public key out of their authorized_keys.",
    },
  ]);
  t.strictSame(asked(), ["/compute/v2.1/servers/detail?key_name=id-1"]);
});

t.test("a replacement says that the new key does not log in to them", async (t) => {
  const servers = Array.from({ length: 7 }, (_, index) => server(`web-${index}`));
  const { cloud } = await withServers(t, { status: 200, body: { servers } });
  const [warning] = await warnOfServers(cloud, change("replace"));
  t.match(warning?.detail, /the new key does not log in to them/u);
  t.equal(warning?.actual, "web-0, web-1, web-2, web-3, web-4 and 2 more");
});

t.test("nothing is asked of what stays, and no answer is no warning", async (t) => {
  const { cloud, asked } = await withServers(t, { status: 403, body: {} });
  t.strictSame(await warnOfServers(cloud, change("no-op")), []);
  t.strictSame(asked(), []);
  t.strictSame(await warnOfServers(cloud, change("delete")), []);
});

t.test("one server is one", async (t) => {
  const { cloud } = await withServers(t, { status: 200, body: { servers: [server("web")] } });
  const [warning] = await warnOfServers(cloud, change("delete"));
  t.equal(warning?.summary, "1 server was made with this key pair, and keeps its public key");
});

t.test("of many key pairs at once all servers are read once, of few those of each", async (t) => {
  const servers = [server("web-1"), server("web-2", { key_name: "id-7" })];
  const { cloud, asked } = await withServers(t, { status: 200, body: { servers } });
  const change = (id: string) => {
    const change = aChange("delete", "key_pair.web");
    if (change.action !== "delete") throw new Error("no deletion");
    return { ...change, instance: { ...change.instance, id } };
  };
  const ids = Array.from({ length: 500 }, (_, index) => `id-${index}`);
  const found = await Promise.all(ids.map((id) => warnOfServers(cloud, change(id))));
  t.strictSame(asked(), ["/compute/v2.1/servers/detail"]);
  t.strictSame(
    found.flatMap((warnings, index) => (warnings.length > 0 ? [index] : [])),
    [1, 7],
  );
  await Promise.all(["id-1", "id-7"].map((id) => warnOfServers(cloud, change(id))));
  t.equal(asked().length, 3);
});
