import type { Test } from "tap";
import { isObject } from "../../engine/model/value.js";
import { listOf } from "../helpers/raw-client.js";
import { watchCloud } from "../helpers/watched-cloud.js";
import type { StartCloud } from "./cloud.js";
import { partOf, refusalOf, ruleByHand, saidBy, trapBench } from "./trap-bench.js";

const GROUP = (...rules: readonly string[]) =>
  `resources:\n  security_group:\n    trap-rules:\n      rules:\n${rules
    .map((rule) => `        - ${rule}\n`)
    .join("")}`;

/** What Neutron surprises with in the rules of security groups. */
export function ruleTraps(t: Test, start: StartCloud): void {
  spellingTraps(t, start);
  prefixTraps(t, start);
  meanwhileTraps(t, start);
  bulkTraps(t, start);
}

function spellingTraps(t: Test, start: StartCloud): void {
  t.test("rules that others spelled in other words are those declared", async (t) => {
    const { bench, cloud, raw } = await trapBench(t, start);
    bench.declare(GROUP("{ ingress: https }"));
    await bench.apply();
    const [{ id = "" } = {}] = await cloud.hand.groups("trap-rules");
    const stored = async (rule: object) => {
      const made = partOf(await ruleByHand(raw, id, rule), "security_group_rule");
      return isObject(made) && [made.protocol, made.port_range_min, made.port_range_max];
    };
    t.strictSame(
      [
        await stored({ protocol: "6", port_range_min: 8080, port_range_max: 8080 }),
        await stored({ ethertype: "IPv6", protocol: "icmpv6" }),
        await stored({ protocol: "tcp", port_range_min: 1, port_range_max: 65535 }),
        await stored({ protocol: 112, remote_ip_prefix: "192.0.2.0/24" }),
      ],
      [
        ["6", 8080, 8080],
        ["ipv6-icmp", null, null],
        ["tcp", null, null],
        ["112", null, null],
      ],
      "each comes back in words of its own",
    );
    const rules = `${raw.network}/v2.0/security-group-rules?security_group_id=${id}`;
    const byName = listOf(await raw.send("GET", `${rules}&protocol=tcp`), "security_group_rules");
    t.notOk(
      byName.some((it) => it.port_range_min === 8080),
      "a filter by protocol compares texts",
    );
    bench.declare(
      GROUP(
        "{ ingress: https }",
        "{ ingress: tcp/8080, from: anywhere-ipv4 }",
        "{ ingress: icmp, from: anywhere-ipv6 }",
        "{ ingress: tcp/1-65535, from: anywhere-ipv4 }",
        "{ direction: ingress, ethertype: IPv4, protocol: vrrp, remote_ip_prefix: 192.0.2.0/24 }",
      ),
    );
    await bench.planIsEmpty();
  });
}

function prefixTraps(t: Test, start: StartCloud): void {
  t.test("a prefix decides on the family, and bits behind its length mean nothing", async (t) => {
    const { bench, cloud, raw } = await trapBench(t, start);
    bench.declare(
      GROUP("{ ingress: ssh, from: '2001:db8::/32' }", "{ ingress: tcp/23, from: 10.1.2.3/8 }"),
    );
    const plan = await bench.run("plan");
    t.match(saidBy(plan), /warning\[[a-z-]+\]: [^:]*10\.1\.2\.3\/8/u);
    await bench.apply();
    const ingress = async () => {
      const [found] = await cloud.hand.groups("trap-rules");
      const rules = found?.rules.filter((it) => it.direction === "ingress") ?? [];
      return { group: found?.id ?? "", rules };
    };
    const { group, rules } = await ingress();
    t.strictSame(rules.map((it) => `${it.ethertype} ${it.remote_ip_prefix}`).sort(), [
      "IPv4 10.0.0.0/8",
      "IPv6 2001:db8::/32",
    ]);
    const v6 = await ruleByHand(raw, group, { remote_ip_prefix: "2001:db8::/48" });
    t.strictSame([v6.status, refusalOf(v6)], [400, "SecurityGroupRuleParameterConflict"]);

    const ssh = { protocol: "tcp", port_range_min: 23, port_range_max: 23 };
    const twin = await ruleByHand(raw, group, { ...ssh, remote_ip_prefix: "10.1.2.3/8" });
    t.equal(twin.status, 201, "to Neutron it is another rule");
    const plain = rules.find((it) => it.port_range_min === 23);
    await cloud.hand.deleteRule(plain?.id ?? "");
    await bench.planIsEmpty();
  });
}

function meanwhileTraps(t: Test, start: StartCloud): void {
  t.test("of rules made while an apply works those declared are taken, others left", async (t) => {
    const cloud = await start(t);
    const ids: string[] = [];
    const watched = await watchCloud(t, cloud, async ({ method, url, body }) => {
      if (ids.length > 0 || method !== "POST" || !url.pathname.endsWith("-rules")) return undefined;
      const [, group = ""] = /"security_group_id":"([^"]+)"/u.exec(body) ?? [];
      ids.push(await cloud.hand.addRule(group, 22), await cloud.hand.addRule(group, 3389));
      return undefined;
    });
    const { bench, raw } = await trapBench(t, async () => watched);
    bench.declare(GROUP("{ ingress: https }", "{ ingress: ssh, from: anywhere-ipv4 }"));
    await bench.apply();
    const [after] = await cloud.hand.groups("trap-rules");
    const ssh = { protocol: "tcp", port_range_min: 22, port_range_max: 22 };
    const again = await ruleByHand(raw, after?.id ?? "", ssh);
    t.strictSame([again.status, refusalOf(again)], [409, "SecurityGroupRuleExists"]);
    const theirs = after?.rules.filter((it) => [22, 3389].includes(it.port_range_min ?? 0)) ?? [];
    t.strictSame(theirs.map((it) => it.id).sort(), ids.sort(), "neither made twice nor removed");
    const next = await bench.run("plan", "--detailed-exitcode");
    t.equal(next.code, 2);
    t.match(next.stdout, /- ingress tcp\/3389/u, "the next plan shows what was not declared");
    t.notMatch(next.stdout, /- ingress tcp\/22/u);
  });
}

function bulkTraps(t: Test, start: StartCloud): void {
  t.test("groups that name each other are made, though a request is of one group", async (t) => {
    const { bench, cloud, raw } = await trapBench(t, start);
    bench.declare(`resources:
  security_group:
    trap-a:
      rules: [{ ingress: ssh, from: security_group.trap-b }, { ingress: all, from: self }]
    trap-b:
      rules: [{ ingress: https, from: security_group.trap-a }]
`);
    await bench.apply();
    await bench.planIsEmpty();
    const [[a], [b]] = await Promise.all([
      cloud.hand.groups("trap-a"),
      cloud.hand.groups("trap-b"),
    ]);
    const bulk = (...groups: readonly string[]) =>
      raw.ask("POST", `${raw.network}/v2.0/security-group-rules`, {
        security_group_rules: groups.map((security_group_id, index) => ({
          security_group_id,
          direction: "ingress",
          protocol: "udp",
          ...(index > 0 && { remote_group_id: security_group_id }),
        })),
      });
    const mixed = await bulk(a?.id ?? "", b?.id ?? "");
    t.strictSame([mixed.status, refusalOf(mixed)], [400, "SecurityGroupNotSingleGroupRules"]);
    await bench.planIsEmpty();
  });
}
