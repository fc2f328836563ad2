import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { runCli } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";

const names = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`).join(", ");

/** 24 groups and the default one, 20 key pairs, 7 address groups. */
const YAML = `resources:
  security_group:
    many:
      for_each: [${names(24, "g")}]
      rules:
        - { ingress: ssh, from: 192.0.2.0/24 }
  address_group:
    lists:
      for_each: [${names(7, "a")}]
      addresses: [192.0.2.0/24]
  key_pair:
    keys:
      for_each: [${names(20, "k")}]
      algorithm: ecdsa-p256
      private_key_file: "\${each.key}.pem"
`;

const LISTS = ["os-keypairs", "address-groups", "security-groups"] as const;

t.test(
  "a configuration over several pages costs one log-in and the pages of each list",
  async (t) => {
    const requests: string[] = [];
    const cloud = await startSandboxCloud(t, {
      pageLimit: 10,
      onRequest: ({ method, path }) => {
        requests.push(`${method} ${path.replace(/\?.*$/u, "").split("/").at(-1)}`);
      },
    });
    const cwd = temporaryFolder(t);
    writeFileSync(join(cwd, "main.yaml"), YAML);
    const run = async (...argv: readonly string[]) => {
      requests.length = 0;
      const { code, stdout, stderr } = await runCli([...argv, ...cloud.options], {
        cwd,
        env: cloud.env,
      });
      const pages = LISTS.map((list) => requests.filter((it) => it === `GET ${list}`).length);
      return { code, said: `${stdout}${stderr}`, pages, total: requests.length };
    };
    const before = await run("plan");
    t.match(before.said, "Plan: 51 to create");
    t.strictSame(before.pages, [1, 1, 1], "next to nothing is there");
    t.equal((await run("apply", "--auto-approve")).code, 0);

    const after = await run("plan", "--detailed-exitcode");
    t.equal(after.code, 0, after.said);
    // A full last page names one more, which is empty.
    t.strictSame(after.pages, [3, 1, 3]);
    t.equal(after.total, 1 + 3 + 1 + 3, "one log-in, and the pages");
    t.equal((await run("drift")).code, 0);

    const destroyed = await run("destroy", "--auto-approve");
    t.equal(destroyed.code, 0, destroyed.said);
    t.strictSame(destroyed.pages, [3, 1, 3]);
    t.strictSame(await cloud.hand.keyPairs(), []);
  },
);
