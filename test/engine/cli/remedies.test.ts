import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { runCli } from "../../helpers/cli.js";
import { temporaryFolder } from "../../helpers/example.js";

const rule = (entry: string) => `resources: {security_group: {x: {rules: [${entry}]}}}\n`;
const group = (body: string) => `resources: {security_group: {x: ${body}}}\n`;
const list = (body: string) => `resources: {address_group: {x: ${body}}}\n`;
const key = (body: string) => `resources: {key_pair: {x: ${body}}}\n`;
const credential = (body: string) =>
  `resources: {application_credential: {x: {${body}, write_to: {json: x.json}}}}\n`;

const RANGE = "203.0.113.0/24";
const LONG = "x".repeat(300);

/** One mistake each; what the remedy must say, where a wrong one is easily given. */
const MISTAKES: readonly (readonly [string, RegExp?])[] = [
  ["provider: {openstack: {name: x, sandbox: true}}\n", /remove it/u],
  ["provider: {openstack: {cloud: x, sandbox: true}}\n", /keep one/u],
  ["provider: {openstack: {cloud: 5}}\n"],
  ["provider: {aws: {}}\n"],
  ["resources: []\n"],
  ["resources: {security_group: {x: []}}\n"],
  ["resources: {security_group: {9x: {}}}\n"],
  ["resources: {security_group: {x: {stateful: 1}}}\n"],
  ["variables: {v: {type: list(x)}}\n"],
  ["variables: {v: {default: 3}}\n"],
  ["outputs: {o: {}}\n"],
  ["outputs: {o: {value: '${var.nix}'}}\n"],
  [rule("{ingress: icmp/256}")],
  [rule("{ingress: icmp/8/999}")],
  [rule("{ingress: icmp/x}")],
  [rule("{ingress: tcp/22-}")],
  [rule("{ingress: tcp/ssh}"), /^.*tcp\/22/u],
  [rule("{ingress: tcp/nix}")],
  [rule("{ingress: tcp/0}")],
  [rule("{ingress: tcp/70000}")],
  [rule("{ingress: 9-8}")],
  [rule("{ingress: protocol/256}")],
  [rule("{ingress: nix/22}")],
  [rule("{ingress: 22/tcp}"), /tcp\/22/u],
  [rule("{ingress: 250/22}")],
  [rule("{ingress: nothing-like-it}")],
  [rule("{ingress: true}")],
  [rule("{ingress: null}")],
  [rule("{ingress: [null]}")],
  [rule("{ingress: {tcp: 22}}")],
  [rule("{ingress: ssh, from: some-other}"), /security_group\.some-other/u],
  [rule("{ingress: ssh, from: 10.0.0.1-10.0.0.9}")],
  [rule("{ingress: ssh, from: fe80::1%eth0}"), /fe80::1/u],
  [rule(`{ingress: ssh, from: ${RANGE}, to: ${RANGE}}`)],
  [rule("{ingress: ssh, from: null}")],
  [rule("{ingress: ssh, from: [null]}")],
  [rule("{ingress: ssh, from: [5]}")],
  [rule("{ingress: ssh, family: ipv5}")],
  [rule(`{ingress: ssh, family: ipv6, from: ${RANGE}}`)],
  [rule(`{ingress: ssh, description: ${LONG}}`), /255/u],
  [rule("{ingress: ssh, egress: ssh}")],
  [rule(`{from: ${RANGE}}`)],
  [rule("{}")],
  [rule("ssh")],
  [rule("null")],
  [rule("{direction: in}")],
  [rule("{direction: ingress, protocol: 256}")],
  [rule("{direction: ingress, protocol: nothing-like-it}")],
  [rule("{direction: ingress, ethertype: IPv5}")],
  [rule("{direction: ingress, protocol: tcp, port_range_min: x}")],
  [rule("{direction: ingress, protocol: tcp, port_range_min: 5}")],
  [rule("{direction: ingress, protocol: icmp, port_range_min: 300}")],
  [rule("{direction: ingress, remote_group: nix}")],
  [rule("{direction: ingress, remote_address_group: nix}")],
  [rule("{direction: ingress, remote_ip_prefix: nix}")],
  [group("{rules: null}"), /\[\]/u],
  [group("{rules: {ingress: ssh}}"), /- /u],
  [group("{rules: ssh}")],
  [group(`{description: ${LONG}}`), /255/u],
  [group("{name: ' '}")],
  [group("{name: null}")],
  [group("{tags: ['a,b']}")],
  [group("{tags: ['']}")],
  [group(`{tags: [${Array.from({ length: 51 }, (_, index) => `t${index}`).join(", ")}]}`)],
  [list("{}")],
  [list("{addresses: [nix]}")],
  [list("{addresses: [null]}")],
  [list(`{addresses: [${RANGE}], description: ${LONG}}`)],
  [key("{}")],
  [key("{public_key: a, public_key_file: b}"), /^(?!.*private_key_file)/u],
  [key("{private_key_file: a, public_key_file: b}"), /private_key_file/u],
  [key("{type: x509, algorithm: ed25519, private_key_file: a.pem}"), /rsa-2048/u],
  [key("{algorithm: dsa, private_key_file: a.pem}")],
  [key("{algorithm: ed25519, public_key: ssh-ed25519}")],
  [key("{public_key: garbage}")],
  [key("{public_key_file: none.pub}")],
  [key("{private_key_file: ''}")],
  [key("{name: 'a/b', private_key_file: a.pem}")],
  [key(`{name: ${LONG}, private_key_file: a.pem}`)],
  [credential("expires_at: 12027-01-01"), /9999/u],
  [credential("expires_at: 2027-13-01")],
  [credential("expires_at: '2027-01-01T00:00:00'")],
  [credential("expires_at: 2020-01-01")],
  [credential("expires_at: {in: soon}")],
  [credential("expires_at: {in: 9999999w}"), /9999/u],
  [credential("roles: []")],
  [credential("roles: [null]")],
  [credential("roles: member")],
  [credential("access_rules: []")],
  [credential("access_rules: [{service: compute, method: GET}]")],
  [credential("access_rules: [{service: compute, method: get, path: /v2}]")],
  [credential("access_rules: [{service: compute, method: GET, path: v2}]")],
  [credential("name: ''")],
  ["resources: {application_credential: {x: {}}}\n"],
  ["resources: {application_credential: {x: {write_to: {txt: a}}}}\n"],
];

/** The errors that `validate` prints, each with all that is said of it. */
async function errorsOf(text: string, cwd: string): Promise<readonly string[]> {
  writeFileSync(join(cwd, "main.yaml"), text);
  const { stderr } = await runCli(["validate"], { cwd });
  return stderr.split(/^(?=(?:error|warning)\[)/mu).filter((it) => it.startsWith("error["));
}

t.test("each mistake is told once, with its remedy", async (t) => {
  const cwd = temporaryFolder(t);
  for (const [text, remedy = /./u] of MISTAKES) {
    const told = await errorsOf(text, cwd);
    const [, help] = /= help: (.*)/u.exec(told[0] ?? "") ?? [];
    t.ok(told.length === 1 && help !== undefined && remedy.test(help), `${text}${told.join("")}`);
  }
});
