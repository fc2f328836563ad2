import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { runCli } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";
import { type SandboxCloud, startSandboxCloud } from "../helpers/sandbox-cloud.js";

/** Rewords the rule for a remote; answers what was printed and the remotes after each write. */
async function reword(t: Test, remote: string) {
  const moments: (readonly string[])[] = [];
  let watched: SandboxCloud | undefined;
  const cloud = await startSandboxCloud(t, {
    onResponse: async ({ method, path }) => {
      if (!watched || method === "GET" || !path.includes("/security-group")) return;
      const [group] = await watched.hand.groups("web");
      const rules = group?.rules.filter((it) => it.port_range_min === 22) ?? [];
      moments.push(rules.map((it) => String(it.remote_ip_prefix)).sort());
    },
  });
  const cwd = temporaryFolder(t);
  const apply = (description: string) => {
    writeFileSync(
      join(cwd, "main.yaml"),
      `resources:\n  security_group:\n    web:\n      rules:\n        - { ingress: ssh, from: ${remote}, description: ${description} }\n`,
    );
    return runCli(["apply", "--auto-approve", ...cloud.options], { cwd, env: cloud.env });
  };
  t.equal((await apply("old")).code, 0);
  watched = cloud;
  const { code, stdout, stderr } = await apply("new");
  t.equal(code, 0, stderr);
  t.ok(moments.length > 0, "the cloud was watched");
  return { stdout, moments };
}

t.test("a new description leaves no moment without the rule's traffic", async (t) => {
  const { stdout, moments } = await reword(t, "10.0.0.0/8");
  for (const remotes of moments) {
    const halves = ["10.0.0.0/9", "10.128.0.0/9"].every((it) => remotes.includes(it));
    t.ok(halves || remotes.includes("10.0.0.0/8"), remotes.join(" "));
  }
  t.strictSame(moments.at(-1), ["10.0.0.0/8"], "what stood in is gone");
  t.notMatch(stdout, /refused for a moment/u);
});

t.test("where nothing can stand in for a rule, the moment without it is told", async (t) => {
  const { stdout, moments } = await reword(t, "10.0.0.1/32");
  t.strictSame(moments, [[], ["10.0.0.1/32"]]);
  t.match(
    stdout,
    /note: .* tcp\/22 from 10\.0\.0\.1\/32 "new": its traffic was refused for a moment/u,
  );
});
