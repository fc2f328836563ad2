import t, { type Test } from "tap";
import { isObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../../../providers/openstack/cloud.js";
import { connect } from "../../../providers/openstack/connect.js";
import { startSandbox } from "../../../providers/sandbox/server.js";
import { testRuntime } from "../../helpers/runtime.js";

/** A log-in to a sandbox of its own, and the requests that it has seen. */
async function sandboxed(t: Test) {
  const lines: string[] = [];
  let cut: string | undefined;
  const sandbox = await startSandbox({
    onRequest: ({ method, path }) => {
      lines.push(`${method} ${path}`);
    },
    onResponse: ({ method, path }) => {
      if (cut !== `${method} ${path}`) return;
      cut = undefined;
      throw new Error("cut");
    },
  });
  t.teardown(() => sandbox.close());
  const { sandbox: entry = {} } = sandbox.clouds;
  const connection = await connect({ name: "sandbox", entry }, testRuntime());
  t.teardown(() => connection.close());
  const cutAnswerOf = (request: string) => {
    cut = request;
  };
  return { ...connection, lines, cutAnswerOf };
}

const groups = (cloud: OpenStack) =>
  cloud.neutron.list("/security-groups", "security_groups", { marker: "id" });

async function makeGroup(cloud: OpenStack, name: string): Promise<string> {
  const { security_group: group } = await cloud.neutron.post(
    "/security-groups",
    { security_group: { name } },
    {
      landed: async () => {
        const found = (await groups(cloud)).find((it) => it.name === name);
        return found && { security_group: found };
      },
    },
  );
  return isObject(group) ? String(group.id) : "";
}

t.test("a look at all three kinds is one log-in and one list of each", async (t) => {
  const { cloud, identity, lines } = await sandboxed(t);
  const user = identity.user.id;
  await cloud.nova.list("/os-keypairs", "keypairs", { marker: "name" });
  await groups(cloud);
  await cloud.keystone.list(`/users/${user}/application_credentials`, "application_credentials");
  t.strictSame(lines, [
    "POST /identity/v3/auth/tokens",
    "GET /compute/v2.1/os-keypairs",
    "GET /networking/v2.0/security-groups",
    `GET /identity/v3/users/${user}/application_credentials`,
  ]);
});

t.test("what is made is found, changed and removed", async (t) => {
  const { cloud } = await sandboxed(t);
  const path = `/security-groups/${await makeGroup(cloud, "web")}`;
  await cloud.neutron.put(path, { security_group: { description: "changed" } });
  t.match(await cloud.neutron.get(path), { security_group: { description: "changed" } });
  await cloud.neutron.delete(path);
  t.equal(await cloud.neutron.get(path), undefined);
  await cloud.neutron.delete(path);
});

t.test("a group whose answer is lost is made once", async (t) => {
  const { cloud, cutAnswerOf } = await sandboxed(t);
  cutAnswerOf("POST /networking/v2.0/security-groups");
  const id = await makeGroup(cloud, "web");
  const made = (await groups(cloud)).filter((it) => it.name === "web");
  t.strictSame(
    made.map((it) => it.id),
    [id],
  );
});

t.test("a list longer than a page is read whole", async (t) => {
  const { cloud, lines } = await sandboxed(t);
  for (const name of ["a", "b", "c", "d"]) await makeGroup(cloud, name);
  const before = lines.length;
  const query = { limit: "2" };
  const all = await cloud.neutron.list("/security-groups", "security_groups", {
    marker: "id",
    query,
  });
  t.strictSame(all.map((it) => it.name).sort(), ["a", "b", "c", "d", "default"]);
  t.equal(lines.length - before, 3);
});
