import t from "tap";
import type { RemoteObject } from "../../../../engine/model/remote-object.js";
import { claimKeyPair } from "../../../../providers/openstack/key-pair/claim.js";
import { observe } from "../../../../providers/openstack/key-pair/remote.js";
import { testRuntime } from "../../../helpers/runtime.js";
import { ECDSA, ED25519 } from "./samples.js";

const { files } = testRuntime();
const address = { type: "key_pair", name: "web" };
const desired = {
  name: "web",
  type: "ssh",
  algorithm: "ed25519",
  private_key_file: "web.pem",
  public_key: ED25519.text,
};
const remote = (name: string, key: string): RemoteObject =>
  observe({ keypair: { name, type: "ssh", public_key: `${key} whoever\n`, fingerprint: "" } });
const intent = {
  address,
  action: "create",
  startedAt: "2026-11-23T11:00:00Z",
  run: "r",
  name: "web",
  existing: [],
} as const;

t.test("nothing of that name is there", async (t) => {
  const unmanaged = [remote("other", ED25519.text)];
  t.strictSame(await claimKeyPair(files, { address, desired, unmanaged }), { kind: "none" });
});

t.test("the very key is adopted, with what only state knows", async (t) => {
  const object = remote("web", ED25519.text);
  t.strictSame(await claimKeyPair(files, { address, desired, unmanaged: [object] }), {
    kind: "adopt",
    object,
    reason: "the cloud has this very key already",
    local: { private_key_file: "web.pem", generated_public_key: ED25519.text },
  });
});

t.test("the work of an interrupted run is adopted as such", async (t) => {
  const unmanaged = [remote("web", ED25519.text)];
  const reasonOf = async (existing: readonly string[]) => {
    const claim = await claimKeyPair(files, {
      address,
      desired,
      unmanaged,
      intent: { ...intent, existing },
    });
    return claim.kind === "adopt" && claim.reason;
  };
  t.equal(await reasonOf([]), "adopted: created by an interrupted run at 2026-11-23T11:00:00Z");
  t.equal(await reasonOf(["web"]), "the cloud has this very key already");
});

const TAKEN = [
  [
    "another key",
    "web",
    ECDSA.text,
    "the cloud has a key pair web already, and its private key is not where this one's would be",
  ],
  [
    "another spelling",
    "WEB",
    ED25519.text,
    "the cloud has a key pair WEB already, which differs in case only",
  ],
] as const;

for (const [what, name, key, summary] of TAKEN) {
  t.test(`the name with ${what} is refused`, async (t) => {
    const claim = await claimKeyPair(files, {
      address,
      desired,
      unmanaged: [remote(name, key)],
      intent,
    });
    t.match(claim, {
      kind: "none",
      diagnostics: [{ severity: "error", code: "already-exists", summary, pointer: "/name" }],
    });
  });
}

t.test(
  "what an interrupted run has made is made again where its private key was lost",
  async (t) => {
    const { public_key: _, ...unknown } = desired;
    const object = remote("web", ED25519.text);
    t.strictSame(
      await claimKeyPair(files, { address, desired: unknown, unmanaged: [object], intent }),
      {
        kind: "discard",
        object,
        reason:
          "created by an interrupted run at 2026-11-23T11:00:00Z, and its private key was lost",
      },
    );
  },
);

t.test("the name with another key than the one that is given is refused", async (t) => {
  const { private_key_file: _, ...given } = desired;
  const unmanaged = [remote("web", ECDSA.text)];
  t.match(await claimKeyPair(files, { address, desired: given, unmanaged }), {
    kind: "none",
    diagnostics: [{ summary: "the cloud has a key pair web already, with another key" }],
  });
});
