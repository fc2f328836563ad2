import t from "tap";
import { describeUsers } from "../../../../providers/openstack/security-group/users.js";
import { scriptedCloud } from "../../../helpers/scripted-cloud.js";

const LOG_IN = "/v3/auth/tokens";

t.test("what uses a group is named by name where compute tells it, and asked once", async (t) => {
  const device = (id: string, owner: string, device_id: string) => ({
    id,
    device_owner: owner,
    device_id,
    security_groups: ["g1"],
  });
  const ports = [
    device("p1", "compute:nova", "s1"),
    device("p2", "compute:nova", "s1"),
    device("p3", "compute:az-2", "gone"),
    device("p4", "network:dhcp", "d1"),
    device("p5", "", ""),
    device("p6", "compute:nova", "s6"),
  ];
  const { cloud, server } = await scriptedCloud(t, ({ path }) => {
    if (path === LOG_IN) return undefined;
    if (path.includes("/ports")) return { status: 200, body: { ports } };
    if (path.endsWith("/s1")) return { status: 200, body: { server: { id: "s1", name: "web" } } };
    return { status: 404, body: {} };
  });
  const expected =
    'port p1 of server "web" (s1), port p2 of server "web" (s1), port p3 of server gone, port p4 of network:dhcp d1, port p5 and 1 more ports';
  t.equal(await describeUsers(cloud, "g1"), expected);
  t.equal(await describeUsers(cloud, "g1"), expected);
  t.strictSame(
    server.requests.map((it) => it.path).filter((it) => it.includes("/servers")),
    ["/compute/v2.1/servers/s1", "/compute/v2.1/servers/gone"],
  );
});

t.test("a log-in without compute has ids", async (t) => {
  const ports = [{ id: "p1", device_owner: "compute:nova", device_id: "s1" }];
  const { cloud } = await scriptedCloud(t, ({ path }) => {
    if (path === LOG_IN) return undefined;
    if (path.includes("/ports")) return { status: 200, body: { ports } };
    return { status: 403, body: {} };
  });
  t.equal(await describeUsers(cloud, "g1"), "port p1 of server s1");
});
