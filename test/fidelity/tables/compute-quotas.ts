import type { Json } from "../../../engine/model/value.js";
import { type Exchange, send } from "../exchange.js";

const KEY =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOAU8tiNB4nb4ja513zEbX+5s+Zjh+uipL7bYQHLLPta me@example";
const QUOTAS = "compute /v2.1/os-quota-sets/$demo2.project";
const KEYS = "compute /v2.1/os-keypairs";

const at = (version: string) => ({ headers: { "openstack-api-version": `compute ${version}` } });
const NEW = at("2.92");

const set = (quota_set: Json) => send("admin", `PUT ${QUOTAS}`, { quota_set }, NEW);
const post = (name: string) =>
  send("demo2", `POST ${KEYS}`, { keypair: { name, public_key: KEY } }, NEW);

/** Limits of key pairs, set by an administrator for project demo2 and taken back. */
export const COMPUTE_QUOTA_EXCHANGES: readonly Exchange[] = [
  ...["2.1", "2.36", "2.39", "2.57", "2.92"].flatMap((version) => [
    send("demo2", "GET compute /v2.1/limits", undefined, at(version)),
    send("demo2", `GET ${QUOTAS}`, undefined, at(version)),
  ]),
  send("demo2", `GET ${QUOTAS}/detail`, undefined, NEW),
  send("nobody", "GET compute /v2.1/limits"),
  send("demo2", `PUT ${QUOTAS}`, { quota_set: { key_pairs: 1 } }, NEW),
  send("demo2", `DELETE ${QUOTAS}`, undefined, NEW),
  set({ bogus: 1 }),
  set({ key_pairs: "x" }),
  send("admin", `PUT ${QUOTAS}`, "{", NEW),
  set({ key_pairs: 1 }),
  send("demo2", "GET compute /v2.1/limits", undefined, NEW),
  send("demo2", `GET ${QUOTAS}`, undefined, NEW),
  send("demo", "GET compute /v2.1/limits", undefined, NEW),
  post("fidelity-q1"),
  post("fidelity-q2"),
  send("demo2", `POST ${KEYS}`, { keypair: { name: "fidelity-q3" } }, at("2.1")),
  send("demo2", `POST ${KEYS}`, { keypair: { name: "fidelity-q1", public_key: KEY } }, at("2.1")),
  send("demo2", `DELETE ${KEYS}/fidelity-q1`, undefined, NEW),
  set({ key_pairs: 0 }),
  post("fidelity-q1"),
  send("admin", `DELETE ${QUOTAS}`, undefined, NEW),
  send("demo2", "GET compute /v2.1/limits", undefined, NEW),
];
