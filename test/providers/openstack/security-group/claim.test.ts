import t, { type Test } from "tap";
import type { Claim } from "../../../../engine/model/claim.js";
import type { RemoteObject } from "../../../../engine/model/remote-object.js";
import type { Intent } from "../../../../engine/model/state.js";
import { claimGroup } from "../../../../providers/openstack/security-group/claim.js";
import { storedAttributes } from "../../../../providers/openstack/security-group/stored-group.js";
import type { SandboxOptions } from "../../../../providers/sandbox/server.js";
import { startCloud } from "./cloud-of-test.js";
import { decode } from "./declaring.js";

const address = { type: "security_group", name: "web" };

function group(id: string, name: string): RemoteObject {
  const rules = [
    { id: "1", direction: "egress", ethertype: "IPv4" },
    { id: "2", direction: "egress", ethertype: "IPv4", protocol: "tcp" },
    { id: "3", direction: "ingress", ethertype: "IPv4" },
  ];
  const attributes = storedAttributes({ id, name, security_group_rules: rules });
  return { id, name, attributes };
}

const intent: Intent = {
  address,
  action: "create",
  startedAt: "2026-11-23T12:00:00Z",
  run: "1",
  name: "web",
  existing: ["old"],
};

async function claim(
  t: Test,
  unmanaged: readonly RemoteObject[],
  options: { name?: string; intent?: Intent } & SandboxOptions = {},
) {
  const { name = "web", intent, ...sandbox } = options;
  const { cloud } = await startCloud(t, sandbox);
  const desired = decode({ name }).attributes;
  return claimGroup(cloud, { address, desired, unmanaged, ...(intent && { intent }) });
}

function codes(claimed: Claim) {
  return claimed.kind === "none" && claimed.diagnostics?.map((it) => [it.severity, it.code]);
}

t.test("nothing of the name is there: create", async (t) => {
  t.strictSame(await claim(t, [group("1", "other")]), { kind: "none" });
  t.strictSame(await claim(t, [group("old", "web")], { intent }), { kind: "none" });
});

t.test("somebody's group of the same name is left alone, with a warning", async (t) => {
  t.strictSame(codes(await claim(t, [group("1", "web")])), [["warning", "already-exists"]]);
  const updating: Intent = { ...intent, action: "update" };
  t.strictSame(codes(await claim(t, [group("1", "web")], { intent: updating })), [
    ["warning", "already-exists"],
  ]);
});

t.test("what an interrupted run made is adopted, with the egress it was given", async (t) => {
  const made = group("new", "web");
  const claimed = await claim(t, [group("old", "web"), made], { intent });
  const reason = `adopted: created by an interrupted run at ${intent.startedAt}`;
  t.match(claimed, { kind: "adopt", object: made, reason });
  t.strictSame(claimed.kind === "adopt" && Object.keys(claimed.local?.default_egress_rules ?? {}), [
    "egress ipv4 6 any anywhere",
    "egress ipv4 any any anywhere",
  ]);
});

t.test("several that an interrupted run may have made and that differ are refused", async (t) => {
  const found = await claim(t, [group("a", "web"), group("b", "web")], { intent });
  t.strictSame(codes(found), [["error", "ambiguous-name"]]);
  t.match(found, { diagnostics: [{ actual: "a, b" }] });
});

t.test("of several that are as an interrupted run made them one is adopted", async (t) => {
  const bare = (id: string): RemoteObject => ({
    id,
    name: "web",
    attributes: storedAttributes({
      id,
      name: "web",
      security_group_rules: [{ id: "1", direction: "egress", ethertype: "IPv4" }],
    }),
  });
  t.match(await claim(t, [bare("a"), bare("b"), bare("c")], { intent }), {
    kind: "adopt",
    object: { id: "a" },
    reason: /^adopted: created by an interrupted run at .*, more than once: b, c will be deleted$/u,
    duplicates: [{ id: "b" }, { id: "c" }],
  });
  t.strictSame(codes(await claim(t, [bare("a"), group("b", "web")], { intent })), [
    ["error", "ambiguous-name"],
  ]);
});

t.test("the default group is adopted, once", async (t) => {
  const claimed = await claim(t, [group("d", "default")], { name: "default" });
  t.match(claimed, { kind: "adopt", reason: "the project's default group is adopted" });
  t.strictSame(claimed.kind === "adopt" && Object.keys(claimed.local?.default_egress_rules ?? {}), [
    "egress ipv4 any any anywhere",
  ]);
  t.strictSame(codes(await claim(t, [], { name: "default" })), [["error", "already-exists"]]);
});
