import { generateKeyPairSync } from "node:crypto";

/** What one measurement declares, for every contestant alike. */
export interface Declared {
  readonly groups: readonly DeclaredGroup[];
  readonly keyPairs: readonly { readonly name: string; readonly publicKey: string }[];
  readonly credentials: readonly { readonly name: string; readonly description: string }[];
}

export interface DeclaredGroup {
  readonly name: string;
  /** One rule each: TCP to this port from anywhere, IPv4. */
  readonly ports: readonly number[];
}

/** A measurement: what is made first, and the same with one thing changed. */
export interface Scenario {
  readonly title: string;
  /** What is changed, for the table. */
  readonly change: string;
  readonly first: Declared;
  readonly changed: Declared;
}

/** All of them, by the names that the command line takes; small ones only show that all works. */
export function scenarios(
  tag: string,
  { small }: { readonly small: boolean },
): Readonly<Record<string, Scenario>> {
  const size = (full: number, reduced: number) => (small ? reduced : full);
  return {
    "rules-100": groups(tag, 1, size(100, 10)),
    "rules-1000": groups(tag, 1, size(1000, 20)),
    groups: groups(tag, size(100, 3), size(10, 2)),
    "key-pairs": keyPairs(tag, size(500, 4)),
    credentials: credentials(tag, size(50, 2)),
  };
}

const NOTHING: Declared = { groups: [], keyPairs: [], credentials: [] };

function groups(tag: string, count: number, rules: number): Scenario {
  const ports = range(rules).map((index) => 1000 + index);
  const all = range(count).map((index) => ({ name: `${tag}-${index}`, ports }));
  const other = all.map((group, index) =>
    index === 0 ? { ...group, ports: [...ports.slice(1), 9] } : group,
  );
  const title = count === 1 ? `1 group with ${rules} rules` : `${count} groups with ${rules} rules`;
  return {
    title,
    change: "one rule changed",
    first: { ...NOTHING, groups: all },
    changed: { ...NOTHING, groups: other },
  };
}

function keyPairs(tag: string, count: number): Scenario {
  const all = range(count).map((index) => ({ name: `${tag}-${index}`, publicKey: publicKey() }));
  const other = all.map((it, index) => (index === 0 ? { ...it, publicKey: publicKey() } : it));
  return {
    title: `${count} key pairs`,
    change: "one key changed",
    first: { ...NOTHING, keyPairs: all },
    changed: { ...NOTHING, keyPairs: other },
  };
}

function credentials(tag: string, count: number): Scenario {
  const all = range(count).map((index) => ({ name: `${tag}-${index}`, description: "bench" }));
  const other = all.map((it, index) => (index === 0 ? { ...it, description: "changed" } : it));
  return {
    title: `${count} credentials`,
    change: "one description changed",
    first: { ...NOTHING, credentials: all },
    changed: { ...NOTHING, credentials: other },
  };
}

/** `ssh-ed25519 AAAA... bench` (RFC 8709, 4). */
function publicKey(): string {
  const { publicKey: key } = generateKeyPairSync("ed25519");
  const raw = key.export({ type: "spki", format: "der" }).subarray(-32);
  const type = Buffer.from("ssh-ed25519");
  const length = (value: number) => Buffer.from([0, 0, 0, value]);
  const blob = Buffer.concat([length(type.length), type, length(32), raw]);
  return `ssh-ed25519 ${blob.toString("base64")} bench`;
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
