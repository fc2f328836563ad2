import { readFileSync } from "node:fs";
import { join } from "node:path";
import sshpk from "sshpk";
import { parse } from "yaml";
import { formatAddress } from "../../engine/model/address.js";
import type { ResourceInstance } from "../../engine/model/state.js";
import { isObject } from "../../engine/model/value.js";
import type { Aftermath } from "./aftermath.js";

/** The secrets that are not where they belong, or open nothing: a clause for each. */
export async function lostSecrets(
  folder: string,
  { inventory, snapshot }: Aftermath,
  authUrl: string,
): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const instance of snapshot?.instances ?? []) {
    const address = formatAddress(instance.address);
    const { private_key_file: keyFile, name } = instance.attributes;
    if (typeof keyFile === "string") {
      const there = inventory.key_pair.find((it) => it.name === name)?.public_key;
      const ours = publicHalf(join(folder, keyFile));
      if (ours === undefined || !String(there).startsWith(ours)) {
        lost.push(`${keyFile} is not the private key of ${address}`);
      }
    }
    for (const { path, id, secret } of deliveriesOf(folder, instance)) {
      const opens = id === instance.id && (await logsIn(authUrl, id, secret));
      if (!opens) lost.push(`the secret in ${path} does not log in as ${address}`);
    }
  }
  return lost;
}

function publicHalf(path: string): string | undefined {
  try {
    const key = sshpk.parsePrivateKey(readFileSync(path), "pem").toPublic().toString("ssh");
    return key.split(" ").slice(0, 2).join(" ");
  } catch {
    return undefined;
  }
}

interface Delivery {
  readonly path: string;
  readonly id: string;
  readonly secret: string;
}

function deliveriesOf(folder: string, { attributes }: ResourceInstance): readonly Delivery[] {
  const targets: readonly unknown[] = Object.values(
    isObject(attributes.write_to) ? attributes.write_to : {},
  );
  return targets.filter(isObject).flatMap((target) => {
    const path = String(target.path);
    return { path, ...readDelivery(join(folder, path), String(target.cloud)) };
  });
}

/** The id and the secret in a clouds.yaml, a JSON file or a file of shell variables. */
function readDelivery(path: string, cloud: string): Omit<Delivery, "path"> {
  const text = readOr(path, "");
  const variable = (name: string) => new RegExp(`${name}='?([^'\\n]*)`, "u").exec(text)?.[1] ?? "";
  if (text.includes("OS_APPLICATION_CREDENTIAL_ID=")) {
    return {
      id: variable("OS_APPLICATION_CREDENTIAL_ID"),
      secret: variable("OS_APPLICATION_CREDENTIAL_SECRET"),
    };
  }
  const content: unknown = parse(text);
  const auth = at(content, "clouds", cloud, "auth") ?? content;
  const { id, secret, application_credential_id, application_credential_secret } = isObject(auth)
    ? auth
    : {};
  return {
    id: String(application_credential_id ?? id),
    secret: String(application_credential_secret ?? secret),
  };
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return otherwise;
  }
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((it: unknown, key) => (isObject(it) ? it[key] : undefined), value);
}

async function logsIn(authUrl: string, id: string, secret: string): Promise<boolean> {
  const identity = { methods: ["application_credential"], application_credential: { id, secret } };
  const response = await fetch(`${authUrl}/auth/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json", connection: "close" },
    body: JSON.stringify({ auth: { identity } }),
  });
  await response.text();
  return response.status === 201;
}
