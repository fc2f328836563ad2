import type { Claim, ClaimRequest, RemoteObject } from "../../../engine/model/provider.js";
import type { ValueObject } from "../../../engine/model/value.js";

/** Whether a key pair of the declared name that is not managed here is the declared one. */
export function claimKeyPair({ desired, unmanaged, intent }: ClaimRequest): Claim {
  const { name } = desired;
  if (typeof name !== "string") return { kind: "none" };
  const object = unmanaged.find((it) => it.name === name) ?? findSpelledOtherwise(unmanaged, name);
  if (!object) return { kind: "none" };
  if (object.name !== name || object.attributes.public_key !== desired.public_key) {
    return refuse(object, desired);
  }
  const interrupted = intent !== undefined && !intent.existing.includes(object.id);
  return {
    kind: "adopt",
    object,
    reason: interrupted
      ? `created by an interrupted run at ${intent.startedAt}`
      : "the cloud has this very key already",
    local: localAttributes(desired),
  };
}

/** What only state will know of a key pair whose private key is in a file. */
function localAttributes({ private_key_file: path, public_key: key }: ValueObject) {
  return typeof path === "string" && typeof key === "string"
    ? { private_key_file: path, generated_public_key: key }
    : {};
}

/** Nova compares names as its database does: on MySQL and MariaDB without regard to case. */
function findSpelledOtherwise(
  unmanaged: readonly RemoteObject[],
  name: string,
): RemoteObject | undefined {
  return unmanaged.find((it) => it.name.toLowerCase() === name.toLowerCase());
}

function refuse(object: RemoteObject, { name, private_key_file: path }: ValueObject): Claim {
  const [difference, help] =
    object.name !== name
      ? ["which differs in case only", "give another `name`, or spell it as the cloud does"]
      : path === undefined
        ? ["with another key", "delete it, give another `name`, or declare the public key it has"]
        : [
            "and its private key is not where this one's would be",
            "delete it, give another `name`, or put its private key where `private_key_file` says",
          ];
  const { fingerprint_sha256: sha256, fingerprint } = object.attributes;
  return {
    kind: "none",
    diagnostics: [
      {
        severity: "error",
        code: "already-exists",
        summary: `the cloud has a key pair ${object.name} already, ${difference}`,
        pointer: "/name",
        actual: String(sha256 ?? fingerprint),
        help,
      },
    ],
  };
}
