import type { Test } from "tap";
import { watchCloud } from "../helpers/watched-cloud.js";
import type { StartCloud } from "./cloud.js";
import { groupByHand, saidBy, trapBench } from "./trap-bench.js";

const GROUPS = "/security-groups";
const group = (name: string) => `resources:\n  security_group:\n    ${name}: {}\n`;

/** What happens between a client and a cloud. */
export function networkTraps(t: Test, start: StartCloud): void {
  pageTraps(t, start);
  lossTraps(t, start);
  tokenTraps(t, start);
}

function pageTraps(t: Test, start: StartCloud): void {
  t.test("pages are read by links to elsewhere, anew where their marker is gone", async (t) => {
    const cloud = await start(t);
    const raw = await cloud.as("demo");
    const passing: string[] = [];
    const markers: string[] = [];
    let isPaged = false;
    const watched = await watchCloud(t, cloud, async ({ method, url }) => {
      if (!isPaged || method !== "GET" || !url.pathname.endsWith(GROUPS)) return undefined;
      // As though the operator had set pagination_max_limit; links name the cloud, not this proxy.
      if (!url.searchParams.has("limit")) url.searchParams.set("limit", "1");
      const marker = url.searchParams.get("marker");
      markers.push(marker ?? "");
      if (marker === null || !passing.includes(marker)) return undefined;
      passing.length = 0;
      await raw.send("DELETE", `${raw.network}/v2.0/security-groups/${marker}`);
      return undefined;
    });
    const { bench } = await trapBench(t, async () => watched);
    bench.declare(`${group("trap-page-a")}    trap-page-b: {}\n`);
    await bench.apply();
    // Pages are in the order of ids, and a list that begins again after its first shows nothing twice.
    const byHand = [
      await groupByHand(t, raw, "trap-page-gone"),
      await groupByHand(t, raw, "trap-page-too"),
    ];
    const gone = byHand.sort().at(-1) ?? "";
    passing.push(gone);
    isPaged = true;
    await bench.planIsEmpty();
    t.ok(markers.length >= 4, "every page came by this proxy");
    t.ok(markers.includes(gone), "the list went on behind the group that was deleted meanwhile");
    t.ok(markers.filter((it) => it === "").length > 1, "and was read anew");
    markers.length = 0;
    await bench.planIsEmpty();
    t.equal(markers.filter((it) => it === "").length, 1, "otherwise once");
  });
}

function lossTraps(t: Test, start: StartCloud): void {
  t.test("what a request without an answer made is found, and not made twice", async (t) => {
    const cloud = await start(t);
    let losses = 0;
    const watched = await watchCloud(t, cloud, ({ method, url }) => {
      const isMaking = method === "POST" && /(groups|keypairs|credentials)$/u.test(url.pathname);
      if (!isMaking || losses === 3) return undefined;
      losses += 1;
      return "lose";
    });
    const { bench } = await trapBench(t, async () => watched);
    bench.declare(`${group("trap-lost")}  key_pair:
    trap-lost: { private_key_file: lost.pem }
  application_credential:
    trap-lost: { write_to: { json: lost.json } }
`);
    await bench.apply();
    t.equal(losses, 3);
    t.equal((await cloud.hand.groups("trap-lost")).length, 1);
    t.equal((await cloud.hand.credentials()).filter((it) => it === "trap-lost").length, 1);
    await bench.planIsEmpty();
  });
}

function tokenTraps(t: Test, start: StartCloud): void {
  t.test("a token that ends in the middle of the work leads to one new log-in", async (t) => {
    const cloud = await start(t);
    const raw = await cloud.as("demo");
    let logIns = 0;
    let isRevoked = false;
    const watched = await watchCloud(t, cloud, async ({ method, url, headers }) => {
      if (url.pathname.endsWith("/auth/tokens")) logIns += 1;
      const isMaking = method === "POST" && url.pathname.endsWith("/application_credentials");
      if (!isMaking || isRevoked) return undefined;
      isRevoked = true;
      const token = String(headers["x-auth-token"]);
      const tokens = `${raw.login.authUrl}/auth/tokens`;
      await raw.ask("DELETE", tokens, undefined, {
        "x-auth-token": token,
        "x-subject-token": token,
      });
      return undefined;
    });
    const { bench } = await trapBench(t, async () => watched);
    bench.declare(`resources:
  application_credential:
    trap-token:
      for_each: [a, b]
      write_to: { json: "\${each.key}.json" }
`);
    const apply = await bench.run("apply", "--auto-approve");
    t.equal(apply.code, 0, saidBy(apply));
    t.strictSame([isRevoked, logIns], [true, 2]);
    const there = (await cloud.hand.credentials()).filter((it) => it.startsWith("trap-token"));
    t.equal(there.length, 2);
  });
}
