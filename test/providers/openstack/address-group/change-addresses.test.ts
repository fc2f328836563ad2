import t, { type Test } from "tap";
import { changeAddresses } from "../../../../providers/openstack/address-group/change-addresses.js";
import { failureOf, scriptedCloud } from "../../../helpers/scripted-cloud.js";
import { startCloud } from "../security-group/cloud-of-test.js";

/** A cloud with one address group; answers its id. */
async function start(t: Test, ...addresses: readonly string[]) {
  const test = await startCloud(t);
  const answer = await test.cloud.neutron.post("/address-groups", {
    address_group: { name: "offices", addresses },
  });
  const { address_group: group } = answer;
  const id = typeof group === "object" && group !== null && "id" in group ? String(group.id) : "";
  test.taken();
  return { test, id };
}

const keys = (addresses: object | undefined) => Object.keys(addresses ?? {});

t.test("addresses are added and removed in a request each", async (t) => {
  const { test, id } = await start(t, "10.0.0.0/8");
  const added = await changeAddresses(test.cloud, id, "add", ["192.0.2.0/24", "2001:db8::/32"]);
  t.strictSame(keys(added), ["10.0.0.0/8", "192.0.2.0/24", "2001:db8::/32"]);
  const left = await changeAddresses(test.cloud, id, "remove", ["10.0.0.0/8", "2001:db8::/32"]);
  t.strictSame(keys(left), ["192.0.2.0/24"]);
  t.equal(await changeAddresses(test.cloud, id, "remove", []), undefined);
  t.strictSame(test.taken(), [
    "PUT /address-groups/ID/add_addresses",
    "PUT /address-groups/ID/remove_addresses",
  ]);
});

t.test("what somebody else did meanwhile is left out of a second try", async (t) => {
  const { test, id } = await start(t, "10.0.0.0/8", "192.0.2.0/24");
  const added = await changeAddresses(test.cloud, id, "add", ["10.0.0.0/8", "198.51.100.0/24"]);
  t.strictSame(keys(added), ["10.0.0.0/8", "192.0.2.0/24", "198.51.100.0/24"]);
  const left = await changeAddresses(test.cloud, id, "remove", ["10.0.0.0/8", "203.0.113.0/24"]);
  t.strictSame(keys(left), ["192.0.2.0/24", "198.51.100.0/24"]);
  const same = await changeAddresses(test.cloud, id, "add", ["192.0.2.0/24"]);
  t.strictSame(keys(same), keys(left), "nothing is left to ask for");
});

t.test("a refusal that the group does not bear out is told", async (t) => {
  const { cloud } = await scriptedCloud(t, ({ method, path }) => {
    if (path === "/v3/auth/tokens") return undefined;
    if (method === "GET") return { status: 200, body: { address_group: { addresses: [] } } };
    const error = { type: "AddressesAlreadyExist", message: "Addresses already exist" };
    return { status: 400, body: { NeutronError: error } };
  });
  const error = await failureOf(changeAddresses(cloud, "a1", "add", ["10.0.0.0/8"]));
  t.equal(error.response.type, "AddressesAlreadyExist");
});
