import t from "tap";
import type { Change } from "../../../../engine/model/plan.js";
import { reviewGroup } from "../../../../providers/openstack/security-group/review.js";
import { securityGroup } from "../../../../providers/openstack/security-group/type.js";
import { startCloud } from "./cloud-of-test.js";

const address = { type: "security_group", name: "web" };

function renaming(before: string, after: string): Change {
  const instance = {
    address,
    provider: "openstack",
    id: "1",
    attributes: { name: before },
    dependencies: [],
    schemaVersion: 1,
    preventDestroy: false,
  };
  const at = { line: 1, column: 1 };
  const range = { file: "main.yaml", start: at, end: at };
  const resource = {
    address,
    provider: "openstack",
    config: {},
    dependsOn: [],
    lifecycle: { preventDestroy: false, ignoreChanges: [] },
    range,
    ranges: new Map(),
  };
  const desired = { name: after };
  return { action: "update", address, reason: "", attributes: [], resource, desired, instance };
}

t.test("no group becomes the default group, and that one keeps its name", async (t) => {
  const { cloud } = await startCloud(t);
  const told = async (before: string, after: string) => {
    const found = await reviewGroup(cloud, { change: renaming(before, after), unmanaged: [] });
    return found.map((it) => it.summary);
  };
  t.strictSame(await told("web", "www"), []);
  t.strictSame(await told("default", "default"), []);
  t.strictSame(await told("web", "default"), [
    "a security group cannot become the project's default group",
  ]);
  t.strictSame(await told("default", "web"), ["the project's default group cannot be renamed"]);
});

t.test("the default group is never deleted", async (t) => {
  t.equal(securityGroup.undeletable?.({ name: "web" }), undefined);
  t.equal(
    securityGroup.undeletable?.({ name: "default" }),
    "the project's default group cannot be deleted",
  );
});
