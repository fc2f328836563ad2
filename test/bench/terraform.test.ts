import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import t from "tap";
import { temporaryFolder } from "../helpers/example.js";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";
import { compareAll } from "./compare.js";
import { markdown } from "./table.js";
import { writeHcl } from "./write-hcl.js";
import { writeYaml } from "./write-yaml.js";

const DECLARED = {
  groups: [{ name: "g", ports: [80, 443] }],
  keyPairs: [{ name: "k", publicKey: "ssh-ed25519 AAAA bench" }],
  credentials: [{ name: "c", description: "bench" }],
};

/** Stands where Terraform would: it notes its calls, logs in and asks the network service once. */
const STUB = `#!${process.execPath}
const { appendFileSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const args = process.argv.slice(2);
appendFileSync(join(__dirname, "calls"), args.join(" ") + "\\n");
if (args[0] !== "init") main();
async function main() {
  const clouds = readFileSync(process.env.OS_CLIENT_CONFIG_FILE, "utf8");
  const value = (key) => new RegExp(key + ": *(\\\\S+)").exec(clouds)[1];
  const domain = { id: "default" };
  const user = { name: value("username"), password: value("password"), domain };
  const scope = { project: { name: value("project_name"), domain } };
  const auth = { identity: { methods: ["password"], password: { user } }, scope };
  const answer = await fetch(value("auth_url") + "/auth/tokens", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ auth }),
  });
  const { token } = await answer.json();
  const { endpoints } = token.catalog.find((it) => it.type === "network");
  const listed = await fetch(endpoints[0].url + "/v2.0/security-groups", {
    headers: { "x-auth-token": answer.headers.get("x-subject-token") },
  });
  if (!listed.ok || !readFileSync("main.tf", "utf8").includes("secgroup_rule_v2")) process.exit(1);
}
`;

t.test("one declaration, for Terraform and for this program", (t) => {
  t.equal(
    writeHcl(DECLARED, "lab"),
    `terraform {
  required_providers {
    openstack = {
      source = "terraform-provider-openstack/openstack"
    }
  }
}

provider "openstack" {
  cloud = "lab"
}

resource "openstack_networking_secgroup_v2" "g" {
  name = "g"
}

resource "openstack_networking_secgroup_rule_v2" "g" {
  for_each          = toset(["80", "443"])
  security_group_id = openstack_networking_secgroup_v2.g.id
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = each.key
  port_range_max    = each.key
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_compute_keypair_v2" "k" {
  name       = "k"
  public_key = "ssh-ed25519 AAAA bench"
}

resource "openstack_identity_application_credential_v3" "c" {
  name        = "c"
  description = "bench"
  roles       = ["member"]
}
`,
  );
  t.equal(
    writeYaml(DECLARED),
    `resources:
  security_group:
    g:
      rules:
        - { ingress: tcp/80, from: anywhere-ipv4 }
        - { ingress: tcp/443, from: anywhere-ipv4 }
  key_pair:
    k: { public_key: "ssh-ed25519 AAAA bench" }
  application_credential:
    c:
      description: bench
      roles: [member]
      write_to: { json: "c.json" }
`,
  );
  t.end();
});

t.test(
  "the three are measured with the same steps, and Terraform's requests counted",
  async (t) => {
    const cloud = await startSandboxCloud(t);
    const cloudsFile = cloud.env.OS_CLIENT_CONFIG_FILE ?? "";
    const bin = join(temporaryFolder(t), "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "terraform"), STUB, { mode: 0o755 });
    const told: string[] = [];
    const { rows, skipped } = await compareAll({
      cloudsFile,
      cloud: "sandbox",
      names: ["groups"],
      small: true,
      rounds: 1,
      terraform: { PATH: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin` },
      tell: (line) => told.push(line),
    });
    t.equal(skipped, undefined);
    t.strictSame(told, ["groups..."]);
    t.strictSame(
      rows.map(({ step, ours, raw, terraform }) => [
        step,
        ours.requests,
        raw.requests,
        terraform?.requests,
      ]),
      [
        ["apply", 9, 7, 2],
        ["plan, nothing to do", 2, 2, 2],
        ["one rule changed", 6, 4, 2],
        ["destroy", 5, 4, 2],
      ],
    );
    t.ok(rows.every(({ ours }) => ours.memory > 10 && ours.cpu > 0 && ours.wall > 0));
    t.strictSame(readFileSync(join(bin, "calls"), "utf8").trim().split("\n"), [
      "init -input=false -no-color",
      "apply -auto-approve -input=false -no-color",
      "plan -input=false -no-color",
      "apply -auto-approve -input=false -no-color",
      "destroy -auto-approve -input=false -no-color",
    ]);
    t.match(
      markdown(rows),
      /\| Terraform requests \| Terraform wall \| .*\n\|.*\n\| 3 groups with 2/u,
    );
  },
);

t.test("without Terraform, or without its provider, that is told", async (t) => {
  const cloud = await startSandboxCloud(t);
  const cloudsFile = cloud.env.OS_CLIENT_CONFIG_FILE ?? "";
  const bin = temporaryFolder(t);
  const skippedWith = async (PATH: string) => {
    const options = { cloudsFile, cloud: "sandbox", small: true, rounds: 1, tell: () => {} };
    // A scenario that is not there: nothing else is measured.
    const { skipped } = await compareAll({ ...options, names: ["-"], terraform: { PATH } });
    return skipped;
  };
  t.equal(await skippedWith(bin), "no terraform on the PATH");
  writeFileSync(join(bin, "terraform"), "#!/bin/sh\necho 'Error: no such host' >&2; exit 1\n", {
    mode: 0o755,
  });
  t.equal(await skippedWith(`${bin}:/usr/bin:/bin`), "terraform init: no such host");
});
