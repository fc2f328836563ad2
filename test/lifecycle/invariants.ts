import { deepStrictEqual } from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import sshpk from "sshpk";
import { formatAddress } from "../../engine/model/address.js";
import type { ResourceInstance, Snapshot } from "../../engine/model/state.js";
import { isObject } from "../../engine/model/value.js";
import { logInWith } from "../../providers/openstack/application-credential/log-in-with.js";
import { openstack } from "../../providers/openstack/provider.js";
import { FILES_BESIDE } from "../helpers/spell-configuration.js";
import { inventory, keyOf, type Thing } from "./inventory.js";
import { type Site, settingsOf } from "./site.js";

/** What was so before a step. */
export interface Before {
  /** What is not ours, the default group among it. */
  readonly strangers: ReadonlySet<string>;
  /** What was remembered and is gone: somebody has deleted it. */
  readonly lost: ReadonlySet<string>;
}

/** Looks before a step; who was a stranger stays one. */
export async function look(site: Site, earlier: Before): Promise<Before> {
  const { instances, pending } = await site.snapshot();
  const things = await inventory(site.connection.cloud);
  const there = new Set(things.map(keyOf));
  const known = new Set(instances.map(keyOfInstance));
  const begun = new Set(pending.map(({ address, name }) => `${address.type} ${name}`));
  const strangers = things.filter(
    (it) =>
      earlier.strangers.has(keyOf(it)) ||
      (!known.has(keyOf(it)) && !begun.has(`${it.type} ${it.name}`)),
  );
  return {
    strangers: new Set(strangers.map(keyOf)),
    lost: new Set([...known].filter((it) => !there.has(it))),
  };
}

/** What `state verify` warns of while a run is under way, or was killed. */
const UNDER_WAY: ReadonlySet<string> = new Set(["lock", "leftovers", "pending"]);

/** What holds after every attempt, however it ended: the state is sound, and nothing is an orphan. */
export async function checkAlways(site: Site, before: Before): Promise<void> {
  const findings = await site.verify();
  const flaws = findings.filter(({ step, status }) => status !== "ok" && !UNDER_WAY.has(step));
  deepStrictEqual(flaws, [], "the state is sound");
  const orphans = await findOrphans(site, await site.snapshot(), before);
  deepStrictEqual(orphans, [], "nothing is an orphan");
}

/** What the cloud has that nothing knows, and what is known and the cloud lacks. */
async function findOrphans(
  site: Site,
  { instances, pending }: Snapshot,
  { strangers, lost }: Before,
): Promise<readonly string[]> {
  const things = await inventory(site.connection.cloud);
  const there = new Set(things.map(keyOf));
  const known = new Set(instances.map(keyOfInstance));
  const begun = new Set(pending.map(({ address, name }) => `${address.type} ${name}`));
  const open = new Set(pending.map(({ address }) => formatAddress(address)));
  return [
    ...things
      .filter((it) => !known.has(keyOf(it)) && !strangers.has(keyOf(it)))
      .filter((it) => !begun.has(`${it.type} ${it.name}`) && !isDefaultGroup(it))
      .map((it) => `nothing knows ${it.type} ${it.name}`),
    ...instances
      .filter((it) => !there.has(keyOfInstance(it)) && !lost.has(keyOfInstance(it)))
      .filter((it) => !open.has(formatAddress(it.address)))
      .map((it) => `the cloud lacks ${formatAddress(it.address)}`),
    ...[...strangers].filter((it) => !there.has(it)).map((it) => `${it} was not ours to delete`),
  ];
}

/** It stays when it is not declared any more. */
function isDefaultGroup({ type, name }: Thing): boolean {
  return type === "security_group" && name === "default";
}

function keyOfInstance({ address, id }: ResourceInstance): string {
  return `${address.type} ${id}`;
}

/** What holds when everything is as declared: nothing is half done, and every secret is where it belongs. */
export async function checkSettled(site: Site): Promise<void> {
  const snapshot = await site.snapshot();
  deepStrictEqual(snapshot.pending, [], "nothing is half done");
  const ofType = (type: string) => snapshot.instances.filter((it) => it.address.type === type);
  const delivered = ofType("application_credential").flatMap((it) => placesOf(it));
  const kept = [...site.runtime.disk.keys()].filter(
    (it) => !(it in FILES_BESIDE) && !it.endsWith(".pem") && !delivered.includes(it),
  );
  deepStrictEqual(kept, [], "no file is left over");
  for (const instance of ofType("key_pair")) checkPrivateKey(site, instance);
}

function placesOf({ attributes: { write_to: places } }: ResourceInstance): readonly string[] {
  if (!isObject(places)) return [];
  return Object.values(places).map((it) => (isObject(it) ? String(it.path) : String(it)));
}

/** The private key that was generated for a key pair is the one whose public half the cloud has. */
function checkPrivateKey({ runtime }: Site, { address, attributes }: ResourceInstance): void {
  const { private_key_file: path, public_key: publicKey, type } = attributes;
  if (typeof path !== "string") return;
  const text = runtime.text(path);
  const name = `${formatAddress(address)} has its private key in ${path}`;
  if (text === undefined) throw new Error(`not so: ${name}`);
  if (type === "x509") {
    const certificate = text.slice(text.indexOf("-----BEGIN CERTIFICATE"));
    const found = new X509Certificate(certificate).fingerprint256;
    deepStrictEqual(found, new X509Certificate(String(publicKey)).fingerprint256, name);
    return;
  }
  const found = sshpk.parsePrivateKey(text, "pem").toPublic().fingerprint("sha256").toString();
  deepStrictEqual(found, attributes.fingerprint_sha256, name);
}

/** The secret of each credential that nothing is being done to logs in, from where it was delivered first. */
export async function checkLogIns(site: Site): Promise<void> {
  const { instances, pending } = await site.snapshot();
  const halfDone = new Set(pending.map((it) => formatAddress(it.address)));
  for (const instance of instances) {
    if (instance.address.type !== "application_credential") continue;
    if (halfDone.has(formatAddress(instance.address))) continue;
    if (placesOf(instance).length === 0) continue;
    const credential = await logInWith(instance.attributes, site.runtime);
    const settings = { ...settingsOf(site.sandbox), ...credential };
    const connection = await openstack.connect(settings, site.runtime);
    await connection.close();
    deepStrictEqual(connection.cloud.login.applicationCredential?.id, instance.id);
  }
}
