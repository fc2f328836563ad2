import t from "tap";
import { addressGroup } from "../../../../providers/openstack/address-group/type.js";
import { failureOf, scriptedCloud } from "../../../helpers/scripted-cloud.js";

const LOG_IN = "/v3/auth/tokens";
const request = { address: { type: "address_group", name: "offices" }, report: () => {} };

t.test("only the project's own address groups are listed", async (t) => {
  const groups = [
    { id: "a1", name: "ours", project_id: "p1", addresses: ["10.0.0.0/8"] },
    { id: "a2", name: "shared", project_id: "p2", addresses: [] },
  ];
  const { cloud, server } = await scriptedCloud(t, ({ path }) =>
    path === LOG_IN ? undefined : { status: 200, body: { address_groups: groups } },
  );
  t.strictSame(await addressGroup.list(cloud), [
    {
      id: "a1",
      name: "ours",
      attributes: {
        id: "a1",
        name: "ours",
        description: "",
        addresses: { "10.0.0.0/8": "10.0.0.0/8" },
      },
    },
  ]);
  t.match(server.lines().at(-1), "project_id=p1");
});

t.test("a group whose answer was lost is found again, and not made twice", async (t) => {
  let posts = 0;
  const made = { id: "a1", name: "offices", project_id: "p1", addresses: ["10.0.0.0/8"] };
  const { cloud } = await scriptedCloud(t, ({ method, path }) => {
    if (path === LOG_IN) return undefined;
    if (method === "POST") posts += 1;
    if (method === "POST") return { status: 503, body: {} };
    return { status: 200, body: { address_groups: posts > 0 ? [made] : [] } };
  });
  await addressGroup.list(cloud);
  const desired = { name: "offices", description: "", addresses: { "10.0.0.0/8": "10.0.0.0/8" } };
  const written = await addressGroup.create(cloud, { ...request, desired });
  t.strictSame([written.id, posts], ["a1", 1]);
});

t.test("a group that hidden rules use says so", async (t) => {
  const { cloud } = await scriptedCloud(t, ({ method, path }) => {
    if (path === LOG_IN) return undefined;
    if (method !== "DELETE") return { status: 200, body: { security_group_rules: [] } };
    return { status: 409, body: { NeutronError: { type: "AddressGroupInUse", message: "used" } } };
  });
  const error = await failureOf(addressGroup.delete(cloud, { ...request, id: "a1", existing: {} }));
  t.equal(error.code, "in-use");
  t.equal(error.message, "the address group is in use by rules that this log-in cannot see");
});

t.test("several groups that use it are named, five at most", async (t) => {
  const ids = ["g1", "g2", "g3", "g4", "g5", "g6"];
  const { cloud } = await scriptedCloud(t, ({ method, path }) => {
    if (path === LOG_IN) return undefined;
    if (path.includes("/security-groups")) {
      const security_groups = ids.map((id) => ({ id, name: `name of ${id}` }));
      return { status: 200, body: { security_groups } };
    }
    const rule = (group: string, index: number) => ({
      id: `r${index}`,
      security_group_id: group,
      remote_address_group_id: "a1",
    });
    const stranger = { ...rule("g9", 9), remote_address_group_id: "a2" };
    const rules = [...ids, "g1"].map(rule);
    if (method !== "DELETE") {
      return { status: 200, body: { security_group_rules: [stranger, ...rules] } };
    }
    return { status: 409, body: { NeutronError: { type: "AddressGroupInUse", message: "used" } } };
  });
  const error = await failureOf(addressGroup.delete(cloud, { ...request, id: "a1", existing: {} }));
  t.match(error.message, /security group "name of g1" \(g1\), .*"name of g5" \(g5\) and 1 more$/u);
});
