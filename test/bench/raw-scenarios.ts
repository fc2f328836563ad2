import { isObject } from "../../engine/model/value.js";
import type { RawSession } from "../helpers/raw-client.js";
import { type Measured, measure } from "./measure.js";
import type { Declared, DeclaredGroup } from "./scenario.js";

/** The best that plain API calls can do. */
export interface RawResult {
  readonly create: Measured;
  readonly list: Measured;
  /** One thing changed: a look at what there is, one deletion, one creation. */
  readonly change: Measured;
  readonly remove: Measured;
}

/** Requests in flight at once: more gained nothing on two cores. */
const AT_ONCE = 8;
/** Rules in one request: of larger ones uWSGI's router, in front of the lab, cuts the connection. */
const BULK = 350;

/** How one kind of thing is made, found and removed. */
interface Kind<T> {
  readonly create: (item: T) => Promise<string>;
  readonly list: () => Promise<unknown>;
  /** Given what {@link Kind.create} answered for the first item. */
  readonly change: (id: string, item: T) => Promise<string>;
  readonly remove: (id: string) => Promise<unknown>;
}

/** Does with plain requests what a scenario declares of one kind. */
export function rawResult(session: RawSession, declared: Declared): Promise<RawResult> {
  const { groups, keyPairs, credentials } = declared;
  if (groups.length > 0) return measured(groups, groupKind(session));
  if (keyPairs.length > 0) return measured(keyPairs, keyPairKind(session));
  return measured(credentials, credentialKind(session));
}

async function measured<T>(items: readonly T[], kind: Kind<T>): Promise<RawResult> {
  const ids = new Map<T, string>();
  const create = await measure(() =>
    inParallel(items, async (item) => {
      ids.set(item, await kind.create(item));
    }),
  );
  const list = await measure(async () => {
    await kind.list();
  });
  const change = await measure(async () => {
    await kind.list();
    for (const [item, id] of [...ids].slice(0, 1)) ids.set(item, await kind.change(id, item));
  });
  const remove = await measure(() =>
    inParallel([...ids.values()], async (id) => {
      await kind.remove(id);
    }),
  );
  return { create, list, change, remove };
}

/** Groups with their rules in bulk. */
function groupKind({ network, project, send }: RawSession): Kind<DeclaredGroup> {
  const groups = `${network}/v2.0/security-groups`;
  const rules = `${network}/v2.0/security-group-rules`;
  const addRules = (group: string, ports: readonly number[]) =>
    send("POST", rules, { security_group_rules: ports.map((port) => ruleTo(group, port)) });
  const firstRules = new Map<string, string>();
  return {
    create: async ({ name, ports }) => {
      const id = idOf((await send("POST", groups, { security_group: { name } })).security_group);
      for (let start = 0; start < ports.length; start += BULK) {
        const made = (await addRules(id, ports.slice(start, start + BULK))).security_group_rules;
        if (start === 0 && Array.isArray(made)) firstRules.set(id, idOf(made[0]));
      }
      return id;
    },
    list: () => send("GET", `${groups}?project_id=${project}`),
    change: async (id) => {
      await send("DELETE", `${rules}/${firstRules.get(id)}`);
      await addRules(id, [9]);
      return id;
    },
    remove: (id) => send("DELETE", `${groups}/${id}`),
  };
}

function ruleTo(group: string, port: number): Readonly<Record<string, unknown>> {
  return {
    security_group_id: group,
    direction: "ingress",
    protocol: "tcp",
    port_range_min: port,
    port_range_max: port,
  };
}

function keyPairKind({ compute, send }: RawSession): Kind<Declared["keyPairs"][number]> {
  const path = `${compute}/os-keypairs`;
  const create = async ({ name, publicKey }: Declared["keyPairs"][number]) => {
    await send("POST", path, { keypair: { name, public_key: publicKey } });
    return name;
  };
  const remove = (name: string) => send("DELETE", `${path}/${name}`);
  return { create, list: () => send("GET", path), change: replace(create, remove), remove };
}

function credentialKind({ credentials, send }: RawSession): Kind<Declared["credentials"][number]> {
  const create = async ({ name, description }: Declared["credentials"][number]) => {
    const credential = { name, description, roles: [{ name: "member" }] };
    const made = await send("POST", credentials, { application_credential: credential });
    return idOf(made.application_credential);
  };
  const remove = (id: string) => send("DELETE", `${credentials}/${id}`);
  return { create, list: () => send("GET", credentials), change: replace(create, remove), remove };
}

/** What cannot be changed is made anew. */
function replace<T>(
  create: (item: T) => Promise<string>,
  remove: (id: string) => Promise<unknown>,
): (id: string, item: T) => Promise<string> {
  return async (id, item) => {
    await remove(id);
    return create(item);
  };
}

/** Works on all items, several at once. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function idOf(thing: unknown): string {
  return isObject(thing) ? String(thing.id) : "";
}
