import type { RawSession } from "../helpers/raw-client.js";
import { type Measured, measure } from "./measure.js";

/** The best that plain API calls can do. */
export interface RawResult {
  readonly create: Measured;
  readonly list: Measured;
  readonly remove: Measured;
}

export type RawScenario = (session: RawSession) => Promise<RawResult>;

/** Requests in flight at once: more gained nothing on two cores. */
const AT_ONCE = 8;
/** Rules in one request: of larger ones uWSGI's router, in front of the lab, cuts the connection. */
const BULK = 350;

export const rawScenario = {
  /** So many groups with so many rules each, rules in bulk. */
  groups:
    (count: number, rules: number): RawScenario =>
    async (session) => {
      const groups = `${session.network}/v2.0/security-groups`;
      const ids: string[] = [];
      return {
        create: await measure(() =>
          inParallel(range(count), async (index) => {
            const made = await session.send("POST", groups, {
              security_group: { name: `raw-${index}` },
            });
            const id = idOf(made, "security_group");
            ids.push(id);
            for (let start = 0; start < rules; start += BULK) {
              await session.send("POST", `${session.network}/v2.0/security-group-rules`, {
                security_group_rules: range(Math.min(BULK, rules - start)).map((rule) => ({
                  security_group_id: id,
                  direction: "ingress",
                  protocol: "tcp",
                  port_range_min: 1000 + start + rule,
                  port_range_max: 1000 + start + rule,
                })),
              });
            }
          }),
        ),
        list: await measure(async () => {
          await session.send("GET", `${groups}?project_id=${session.project}`);
        }),
        remove: await measure(() =>
          inParallel(ids, async (id) => {
            await session.send("DELETE", `${groups}/${id}`);
          }),
        ),
      };
    },

  keyPairs:
    (publicKeys: readonly string[]): RawScenario =>
    async (session) => {
      const path = `${session.compute}/os-keypairs`;
      const names = publicKeys.map((_, index) => `raw-${index}`);
      return {
        create: await measure(() =>
          inParallel(range(names.length), async (index) => {
            const keypair = { name: names[index], public_key: publicKeys[index] };
            await session.send("POST", path, { keypair });
          }),
        ),
        list: await measure(async () => {
          await session.send("GET", path);
        }),
        remove: await measure(() =>
          inParallel(names, async (name) => {
            await session.send("DELETE", `${path}/${name}`);
          }),
        ),
      };
    },

  credentials:
    (count: number): RawScenario =>
    async (session) => {
      const ids: string[] = [];
      return {
        create: await measure(() =>
          inParallel(range(count), async (index) => {
            const made = await session.send("POST", session.credentials, {
              application_credential: { name: `raw-${index}`, roles: [{ name: "member" }] },
            });
            ids.push(idOf(made, "application_credential"));
          }),
        ),
        list: await measure(async () => {
          await session.send("GET", session.credentials);
        }),
        remove: await measure(() =>
          inParallel(ids, async (id) => {
            await session.send("DELETE", `${session.credentials}/${id}`);
          }),
        ),
      };
    },
};

/** Works on all items, several at once. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(range(AT_ONCE).map(worker));
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function idOf(body: Readonly<Record<string, unknown>>, key: string): string {
  const thing = body[key];
  return typeof thing === "object" && thing !== null && "id" in thing ? String(thing.id) : "";
}
