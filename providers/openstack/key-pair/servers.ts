import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import { OutsideError } from "../../../engine/model/errors.js";
import type { Change } from "../../../engine/model/plan.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { text } from "../network/answer.js";

const SERVERS_NAMED = 5;

/**
 * Warns where servers of the project were made with a key pair that goes: Nova lets it go, and they keep
 * its public key. A request for each of a few, and one for many; a cloud that does not answer tells nothing.
 */
export async function warnOfServers(
  cloud: OpenStack,
  change: Change,
): Promise<readonly Diagnostic[]> {
  if (change.action !== "delete" && change.action !== "replace") return [];
  const servers = await serversWith(cloud, change.instance.id);
  if (servers.length === 0) return [];
  const more = servers.length - SERVERS_NAMED;
  const named = servers.slice(0, SERVERS_NAMED).join(", ");
  const count = servers.length === 1 ? "1 server was" : `${servers.length} servers were`;
  const isReplaced = change.action === "replace";
  return [
    {
      severity: "warning",
      code: "key-in-use",
      summary: `${count} made with this key pair, and ${servers.length === 1 ? "keeps" : "keep"} its public key`,
      detail: isReplaced
        ? "A new key pair changes nothing in servers that are there: the new key does not log in to them."
        : "Deleting a key pair changes nothing in servers that are there: its private key still logs in to them.",
      pointer: "",
      actual: more > 0 ? `${named} and ${more} more` : named,
      help: isReplaced
        ? "Keep the old private key until the new public key is in their authorized_keys."
        : "Keep the private key while they are needed; to end its access, take the public key out of their authorized_keys.",
    },
  ];
}

/** The names of the servers that the user has made with a key pair; one of that name may be another user's. */
async function serversWith(cloud: OpenStack, name: string): Promise<readonly string[]> {
  try {
    const servers = await serversOfAny(cloud, name);
    const { id } = cloud.identity.user;
    return servers
      .filter((it) => it.key_name === name && (it.user_id ?? id) === id)
      .map((it) => text(it.name) || text(it.id));
  } catch (error) {
    // A plan does not fail on a question that nobody asked for.
    if (error instanceof OutsideError) return [];
    throw error;
  }
}

/** Names asked for at once, and the servers of any of them. */
interface Gathering {
  readonly names: Set<string>;
  readonly servers: Promise<readonly JsonObject[]>;
}

const gatherings = new WeakMap<OpenStack, Gathering>();
/** Of more key pairs, all servers of the project are read instead. */
const FEW = 3;

function serversOfAny(cloud: OpenStack, name: string): Promise<readonly JsonObject[]> {
  const names = new Set<string>();
  const gathering = gatherings.get(cloud) ?? { names, servers: askLater(cloud, names) };
  gatherings.set(cloud, gathering);
  gathering.names.add(name);
  return gathering.servers;
}

/** Asks once all names are known that are asked for in the same breath. */
async function askLater(
  cloud: OpenStack,
  names: ReadonlySet<string>,
): Promise<readonly JsonObject[]> {
  await Promise.resolve();
  gatherings.delete(cloud);
  // Before microversion 2.83 Nova ignores the filter, and it compares by pattern.
  const queries = names.size > FEW ? [{}] : [...names].map((it) => ({ key_name: it }));
  const lists = await Promise.all(
    queries.map((query) => cloud.nova.list("/servers/detail", "servers", { query, marker: "id" })),
  );
  return lists.flat();
}
