import type { Json } from "../../../engine/model/value.js";
import { type Exchange, send } from "../exchange.js";

const BLOB = "AAAAC3NzaC1lZDI1NTE5AAAAIOAU8tiNB4nb4ja513zEbX+5s+Zjh+uipL7bYQHLLPta";
const ED25519 = `ssh-ed25519 ${BLOB} me@example`;
const ECDSA =
  "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBNP+TVR0vaV2hnZSJq3+" +
  "HxLFE7zK41tovgXz2b95vFEeOCzQcVk8+KqnxE6dCFbB4j4S0RYqlV8r20+oXh9QQSM=";
const ECDSA_OFF_ITS_CURVE =
  "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBMaJSJ6G+aDnnypmgCGr" +
  "+cE57k8bsBcRDo79Fdp5H6EPu4Mup7hi1ymeBxcujPM76+Xo4ISUlPsSQx6QrY7ZrIo=";
const ECDSA_521 =
  "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAB5doXOKhLWRFpjgQXQ" +
  "5Xkjlir6RWTnrt4D9LwrE0YXMacuU1+XV6zWHn+4LeCr/ngnUfhBvPVF3GtDTG+bv0ziIwDHrDAGPYXWXHFj6UU7vQnL" +
  "AZPKbyF2ciRJZFaHEVNs8luzu1O8mtwyWs+eENppMYU4hKcIgVCP0mqbd8/nU6NoSw==";
const RSA =
  "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC3MU7MRYN8RV1jubnFZYMLKgqlTC9Sne6hzAFORg0npV/Avzvm79ma" +
  "17lUQRa40vdYmdnSeNVrYnUp5AutmeXkgTBmT6sPyJLhC8pt19ci0DR4bEEUjBEIZaKzXFUgGJL7CZGdiwG+OMTaj2+A" +
  "xFMCTCDJcG6GbTwDVDZxo/6JHX1dbV+z0jEHizbVm0eWx5Fapnn7QDAyV2CwilJT7SiWqQ4NvBHzC8okroIaWqxxyB0X" +
  "FGU65PIjBjqrQFV1gcpJ+6RVr3QiF/CA0YfRVAsFdSEf3molIep3JCl1QBjNZvIYK2u2sFJWa49gH6XyIBC3JRlRkkBF" +
  "vW3haBn1wjdr";
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBfTCCASOgAwIBAgIUOhEFT+8IlpV5vNuD7x2Kuf6c0RAwCgYIKoZIzj0EAwIw
EzERMA8GA1UEAwwIZmlkZWxpdHkwIBcNMjYxMTIzMjE1NjQ4WhgPMjEyNjEwMzAy
MTU2NDhaMBMxETAPBgNVBAMMCGZpZGVsaXR5MFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAETO9qki7GYUS2H+15l73e80OsGm9XoRAdZqVrqP0HSk23T6MEfJ9A+X9K
8wAbZlxLx1l0FDh7rgQVLfeeUPcY46NTMFEwHQYDVR0OBBYEFOEYAn3YNBg9BdVb
VxmYfiY5M+ZVMB8GA1UdIwQYMBaAFOEYAn3YNBg9BdVbVxmYfiY5M+ZVMA8GA1Ud
EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgTvzjOCuXzSPMBq/vZdQfBnG9
LbbvS4W64BjkxZAHJOMCIQD1mipXraY//SYDrusKRwsH41uy+meLSu1aZbn/UHms
Sg==
-----END CERTIFICATE-----
`;

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
  RSA,
  ECDSA,
  ECDSA_521,
  ECDSA_OFF_ITS_CURVE,
  CERTIFICATE,
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
  post("2.2", { name: "fidelity-x509", type: "x509", public_key: CERTIFICATE }),
  get("2.92", "/fidelity-x509"),
  remove("fidelity-x509"),
  post("2.92", { name: "fidelity-x509", type: "x509", public_key: `text\n${CERTIFICATE}` }),
  remove("fidelity-x509"),
  post("2.92", { name: "fidelity-x509", type: "x509", public_key: ED25519 }),
  post("2.92", { name: "fidelity-x509", type: "x509", public_key: "" }),
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
  send("nobody", "GET compute /v2.1"),
  send("nobody", "GET compute /v2.1/"),
  send("demo2", "GET compute /v2.1/os-keypairs/"),
  send("demo2", "GET compute /v2.1/nope"),
  remove("FIDELITY-1", "2.1"),
  remove("fidelity-2", "2.2"),
  remove("fidelity%403.x"),
  remove("fidelity-1"),
  get("2.92"),
];
