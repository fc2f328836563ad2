import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { formatAddress } from "../../engine/model/address.js";
import type { ResourceInstance, Snapshot } from "../../engine/model/state.js";
import { isObject } from "../../engine/model/value.js";
import { providers } from "../../providers/registry.js";
import { fileStateStore } from "../../state/file-store.js";
import type { Keyring } from "../../state/keyring.js";
import { verifyState } from "../../state/verify.js";
import { withoutPassing } from "../helpers/cloud-picture.js";
import type { CrashCloud } from "./crash-cloud.js";
import { opened } from "./identity.js";
import { type Inventory, takeInventory, thingsOf } from "./inventory.js";

/** What runs have left: in the cloud, in the state, on the disk. */
export interface Aftermath {
  readonly inventory: Inventory;
  readonly snapshot: Snapshot | undefined;
  /** The files of the configuration's folder: their modes, and what those that are no state's say. */
  readonly files: Readonly<Record<string, string>>;
}

const STATE = "portcullis.state.json";
/** Files of the state and of the embedded cloud. */
const OWN = "portcullis.s";

export async function lookAt(folder: string, cloud: CrashCloud, keys: Keyring): Promise<Aftermath> {
  const store = fileStateStore({ path: join(folder, STATE), host: "elsewhere", keys });
  return {
    inventory: await cloud.visit(takeInventory),
    snapshot: await store.read(),
    files: await filesOf(folder),
  };
}

/** What `state verify` finds not well. */
export async function flawsIn(folder: string, keys: Keyring): Promise<readonly string[]> {
  const findings = await verifyState(join(folder, STATE), keys, providers);
  return findings
    .filter(({ status }) => status !== "ok")
    .map(({ step, summary }) => `state verify, ${step}: ${summary}`);
}

/** What two aftermaths have in common where a killed run was mended: ids, keys and times aside. */
export function comparable({ inventory, snapshot, files }: Aftermath): unknown {
  const instances = snapshot?.instances ?? [];
  const names = new Map([
    ...instances.flatMap(drawnTexts),
    ...thingsOf(inventory)
      .filter(({ id, name }) => id !== name)
      .map(({ type, id, name }) => [id, `the id of ${type} ${name}`] as const),
  ]);
  const { pending, outputs } = snapshot ?? { pending: [], outputs: {} };
  // The backup is of the write before, and how many there were is no matter.
  const { [`${STATE}.backup`]: _, ...others } = files;
  return withoutPassing({ inventory, instances, pending, outputs, files: others }, names);
}

/** Texts that are drawn anew when an instance is made, and what stands for them. */
function drawnTexts({
  address,
  attributes,
}: ResourceInstance): readonly (readonly [string, string])[] {
  const { private_key_file, private_key_command, sealed } = attributes;
  const isDrawn = private_key_file !== undefined || private_key_command !== undefined;
  const keys = isDrawn ? ["public_key", "fingerprint", "fingerprint_sha256"] : [];
  const marks = Object.entries(isObject(sealed) ? sealed : {});
  return [...keys.map((key) => [key, attributes[key]] as const), ...marks].map(
    ([key, text]) => [String(text), `the ${key} of ${formatAddress(address)}`] as const,
  );
}

async function filesOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.map(async (it) => {
    const path = join(it.parentPath, it.name);
    const name = path.slice(folder.length + 1);
    if (!it.isFile()) return [name, "no file"] as const;
    const mode = `0${(statSync(path).mode & 0o777).toString(8)}`;
    const isDelivered = !it.name.startsWith(OWN);
    return [name, isDelivered ? `${mode}, ${await outlineOf(path)}` : mode] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

/** What a delivered file says, but for what is drawn anew, and where this cloud is. */
async function outlineOf(path: string): Promise<string> {
  const text = readFileSync(path, "utf8");
  const plain = await opened(text).catch(() => text);
  return plain
    .replaceAll(/-----BEGIN ([A-Z ]+)-----[^-]*-----END/gu, "-----BEGIN $1----- … -----END")
    .replaceAll(/\b127\.0\.0\.1:\d+/gu, "cloud")
    .replaceAll(/[\w+-]{30,}/gu, "…");
}
