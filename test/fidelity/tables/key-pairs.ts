import type { Json } from "../../../engine/model/value.js";
import { type Exchange, send } from "../exchange.js";

const BLOB = "AAAAC3NzaC1lZDI1NTE5AAAAIOAU8tiNB4nb4ja513zEbX+5s+Zjh+uipL7bYQHLLPta";
const ED25519 = `ssh-ed25519 ${BLOB} me@example`;
const ECDSA =
  "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBMaJSJ6G+aDnnypmgCGr" +
  "+cE57k8bsBcRDo79Fdp5H6EPu4Mup7hi1ymeBxcujPM76+Xo4ISUlPsSQx6QrY7ZrIo=";

const at = (version: string) => ({ headers: { "openstack-api-version": `compute ${version}` } });

function post(version: string, keypair: Json): Exchange {
  return send("demo2", "POST compute /v2.1/os-keypairs", { keypair }, at(version));
}

function get(version: string, path = ""): Exchange {
  return send("demo2", `GET compute /v2.1/os-keypairs${path}`, undefined, at(version));
}

function remove(name: string, version = "2.92"): Exchange {
  return send("demo2", `DELETE compute /v2.1/os-keypairs/${name}`, undefined, at(version));
}

/** Key texts, whether Nova takes them or not; each is removed again. */
const TEXTS = [
  ECDSA,
  `ssh-ed25519  ${BLOB}`,
  `ssh-ed25519\t${BLOB}`,
  ` ${ED25519}`,
  `no-pty ${ED25519}`,
  `# comment\n${ED25519}`,
  `${ED25519}\n${ED25519}`,
  `${ED25519}\r\n`,
  `ssh-ed25519 ${BLOB}`,
  `ssh-ed25519 ${BLOB}==`,
  `ssh-ed25519 ${BLOB.slice(0, -4)}`,
  `ssh-ed25519 ${BLOB.slice(0, 30)}\n${BLOB.slice(30)}`,
  `ssh-ed25519 ${BLOB} several words`,
  `ssh-rsa ${BLOB}`,
  `\n${ED25519}`,
  `ssh-ed25519\n${BLOB}`,
  "---- BEGIN SSH2 PUBLIC KEY ----",
  "garbage",
  "ssh-rsa nonsense",
  "",
];

/** Bodies that are refused, with the microversion. */
const REFUSED: readonly (readonly [string, Json])[] = [
  ["2.92", { name: "fidelity-x" }],
  ["2.92", { name: "fidelity-x", bogus: 1 }],
  ["2.92", {}],
  ["2.92", { name: "", public_key: ED25519 }],
  ["2.92", { name: "x".repeat(256), public_key: ED25519 }],
  ["2.91", { name: "fidelity@x", public_key: ED25519 }],
  ["2.91", { name: "fidelity.x", public_key: ED25519 }],
  ["2.92", { name: "fidelity/x", public_key: ED25519 }],
  ["2.92", { name: " fidelity", public_key: ED25519 }],
  ["2.92", { name: "fidelity ", public_key: ED25519 }],
  ["2.92", { name: "fidelit\u00fc", public_key: ED25519 }],
  ["2.92", { name: 5, public_key: ED25519 }],
  ["2.92", { name: "fidelity-x", public_key: 5 }],
  ["2.92", { name: "fidelity-x", type: "dsa", public_key: ED25519 }],
  ["2.1", { name: "fidelity-x", type: "ssh", public_key: ED25519 }],
  ["2.9", { name: "fidelity-x", user_id: "other", public_key: ED25519 }],
  ["2.92", { name: "fidelity-x", user_id: "other", public_key: ED25519 }],
];

/** Nova's key pairs. */
export const KEY_PAIRS: readonly Exchange[] = [
  post("2.1", { name: "fidelity-1", public_key: ED25519 }),
  post("2.2", { name: "fidelity-2", public_key: `${ED25519}\n` }),
  post("2.92", { name: "fidelity@3.x", type: "ssh", public_key: ECDSA }),
  post("2.92", { name: "FIDELITY-1", public_key: ED25519 }),
  get("2.92", "/FIDELITY-1"),
  get("2.1", "/fidelity-1"),
  get("2.92", "/fidelity%403.x"),
  get("2.92", "/nope"),
  get("2.1"),
  get("2.34", "?limit=1"),
  ...["2.35", "2.92"].flatMap((version) => [
    get(version),
    get(version, "?limit=1"),
    get(version, "?limit=1&marker=fidelity-1"),
    get(version, "?limit=2&marker=FIDELITY-1"),
    get(version, "?limit=0"),
    get(version, "?limit=-1"),
    get(version, "?limit=x"),
    get(version, "?limit=1&limit=2"),
    get(version, "?marker=nope"),
    get(version, "?bogus=1"),
    get(version, "?user_id=$demo2.user&limit=1"),
    get(version, "?user_id=other"),
  ]),
  ...["2.94", "2.0", "1.1", "3.1", "latest", "abc", "2.", "2.01"].map((version) =>
    get(version, "?limit=1"),
  ),
  send("demo2", "GET compute /v2.1/os-keypairs", undefined, {
    headers: { "x-openstack-nova-api-version": "2.2" },
  }),
  send("demo2", "GET compute /v2.1/os-keypairs", undefined, {
    headers: { "openstack-api-version": "network 2.0, compute 2.10" },
  }),
  ...REFUSED.map(([version, keypair]) => post(version, keypair)),
  ...[{}, [], "{", { keypair: 5 }, { keypair: {}, other: 1 }].map((body) =>
    send("demo2", "POST compute /v2.1/os-keypairs", body, at("2.92")),
  ),
  send("demo2", "POST compute /v2.1/os-keypairs", undefined, at("2.92")),
  ...TEXTS.flatMap((public_key) => [
    post("2.92", { name: "fidelity-text", public_key }),
    remove("fidelity-text"),
  ]),
  ...["PUT", "PATCH"].map((method) =>
    send("demo2", `${method} compute /v2.1/os-keypairs/fidelity-1`, {}, at("2.92")),
  ),
  post("2.1", { name: "fidelity-generated" }),
  post("2.91", { name: "fidelity-generated-2", type: "ssh" }),
  remove("fidelity-generated"),
  remove("fidelity-generated-2"),
  send("demo", "GET compute /v2.1/os-keypairs/fidelity-1", undefined, at("2.92")),
  send("demo", "DELETE compute /v2.1/os-keypairs/fidelity-1", undefined, at("2.92")),
  send("admin", "GET compute /v2.1/os-keypairs?user_id=$demo2.user", undefined, at("2.92")),
  send("nobody", "GET compute /v2.1/os-keypairs"),
  send("nobody", "GET compute /"),
  send("nobody", "GET compute /v2.1"),
  send("nobody", "GET compute /v2.1/"),
  send("demo2", "GET compute /v2.1/nope"),
  remove("FIDELITY-1", "2.1"),
  remove("fidelity-2", "2.2"),
  remove("fidelity%403.x"),
  remove("fidelity-1"),
  get("2.92"),
];
