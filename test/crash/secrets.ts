import { readFileSync } from "node:fs";
import { join } from "node:path";
import sshpk from "sshpk";
import { parse } from "yaml";
import { formatAddress } from "../../engine/model/address.js";
import type { ResourceInstance } from "../../engine/model/state.js";
import { isObject } from "../../engine/model/value.js";
import type { Aftermath } from "./aftermath.js";
import { opened } from "./identity.js";

/** The secrets that are not where they belong, or open nothing: a clause for each. */
export async function lostSecrets(
  folder: string,
  { inventory, snapshot }: Aftermath,
  authUrl: string,
): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const instance of snapshot?.instances ?? []) {
    const address = formatAddress(instance.address);
    const keyFile = keyFileOf(instance);
    if (keyFile !== undefined) {
      const there = inventory.key_pair.find((it) => it.name === instance.attributes.name);
      const ours = publicHalf(await readOr(join(folder, keyFile), ""));
      if (ours === undefined || ours !== publicKeyOf(there?.public_key)) {
        lost.push(`${keyFile} is not the private key of ${address}`);
      }
    }
    for (const { path, id, secret } of await deliveriesOf(folder, instance)) {
      const opens = id === instance.id && (await logsIn(authUrl, id, secret));
      if (!opens) lost.push(`the secret in ${path} does not log in as ${address}`);
    }
  }
  return lost;
}

/** Where a private key is, or the command of `deliveries` has put it. */
function keyFileOf({ attributes }: ResourceInstance): string | undefined {
  const { private_key_file: path, private_key_command: command } = attributes;
  if (typeof path === "string") return path;
  return Array.isArray(command) ? String(command.at(-1)) : undefined;
}

function publicHalf(pem: string): string | undefined {
  try {
    return textOf(sshpk.parsePrivateKey(pem, "pem").toPublic());
  } catch {
    return undefined;
  }
}

/** The key of a public key or of a certificate. */
function publicKeyOf(text: unknown): string {
  const key = String(text);
  return key.includes("CERTIFICATE")
    ? textOf(sshpk.parseCertificate(key, "pem").subjectKey)
    : textOf(sshpk.parseKey(key, "ssh"));
}

function textOf(key: sshpk.Key): string {
  return key.toString("ssh").split(" ").slice(0, 2).join(" ");
}

interface Delivery {
  readonly path: string;
  readonly id: string;
  readonly secret: string;
}

async function deliveriesOf(
  folder: string,
  { attributes }: ResourceInstance,
): Promise<readonly Delivery[]> {
  const { encrypt_to: _, ...targets } = isObject(attributes.write_to) ? attributes.write_to : {};
  const places: readonly unknown[] = Object.values(targets);
  const deliveries = places.filter(isObject).map(async ({ path: file, command, cloud }) => {
    const path = String(Array.isArray(command) ? command.at(-1) : file);
    const text = await readOr(join(folder, path), "");
    return { path, ...readDelivery(text, String(cloud)) };
  });
  return Promise.all(deliveries);
}

/** The id and the secret in a clouds.yaml, a JSON file or a file of shell variables. */
function readDelivery(text: string, cloud: string): Omit<Delivery, "path"> {
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

/** The text of a file, with nobody in its way who encrypted it. */
async function readOr(path: string, otherwise: string): Promise<string> {
  try {
    return await opened(readFileSync(path, "utf8"));
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
