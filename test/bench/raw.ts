import { readFileSync, writeFileSync } from "node:fs";
import { isObject } from "../../engine/model/value.js";
import type { RawLogin } from "../helpers/raw-client.js";
import type { Declared, DeclaredGroup } from "./scenario.js";

export type RawStep = "create" | "list" | "change" | "remove";

/** What a script is told, and keeps, in its file. */
export interface RawFile {
  readonly login: RawLogin;
  readonly declared: Declared;
  readonly tuning: Tuning;
  /** What the cloud called what was made, by its name. */
  readonly made: Readonly<Record<string, Made>>;
}

interface Made {
  readonly id: string;
  readonly firstRule?: string;
}

/** How a script goes about it. */
export interface Tuning {
  /** Rules in one request. */
  readonly bulk: number;
  /** Requests in flight at once. */
  readonly atOnce: number;
}

/**
 * Each is tried, and the quickest is what counts: no fixed choice is the best of every cloud. Of more than
 * 350 rules in a request uWSGI's router, in front of the lab, cuts the connection.
 */
export const TUNINGS: readonly Tuning[] = [
  { bulk: 350, atOnce: 8 },
  { bulk: 250, atOnce: 4 },
  { bulk: 100, atOnce: 16 },
];

/**
 * Logs in and does a step by plain requests, as quickly as the cloud allows: what a script for just
 * this would do. It shares nothing with the program.
 */
export async function rawStep(path: string, step: RawStep): Promise<void> {
  const { login, declared, tuning, made: known }: RawFile = JSON.parse(readFileSync(path, "utf8"));
  const made = new Map(Object.entries(known));
  const session = await logIn(login);
  const { groups, keyPairs, credentials } = declared;
  if (groups.length > 0) await doStep(step, groups, groupKind(session, tuning), made, tuning);
  else if (keyPairs.length > 0) await doStep(step, keyPairs, keyPairKind(session), made, tuning);
  else await doStep(step, credentials, credentialKind(session), made, tuning);
  const file: RawFile = { login, declared, tuning, made: Object.fromEntries(made) };
  writeFileSync(path, JSON.stringify(file));
}

/** How one kind of thing is made, found and removed. */
interface Kind<T> {
  readonly create: (item: T) => Promise<Made>;
  readonly list: () => Promise<unknown>;
  readonly change: (made: Made, item: T) => Promise<Made>;
  readonly remove: (made: Made) => Promise<unknown>;
}

async function doStep<T extends { readonly name: string }>(
  step: RawStep,
  items: readonly T[],
  kind: Kind<T>,
  made: Map<string, Made>,
  { atOnce }: Tuning,
): Promise<void> {
  if (step === "create") {
    await inParallel(items, atOnce, async (item) => {
      made.set(item.name, await kind.create(item));
    });
    return;
  }
  if (step === "remove") {
    await inParallel([...made.values()], atOnce, async (it) => {
      await kind.remove(it);
    });
    made.clear();
    return;
  }
  await kind.list();
  const [first] = items;
  const old = first && made.get(first.name);
  if (step === "change" && old) made.set(first.name, await kind.change(old, first));
}

/** Groups with their rules in bulk. */
function groupKind({ network, project, send }: Session, { bulk }: Tuning): Kind<DeclaredGroup> {
  const groups = `${network}/v2.0/security-groups`;
  const rules = `${network}/v2.0/security-group-rules`;
  const addRules = (group: string, ports: readonly number[]) =>
    send("POST", rules, { security_group_rules: ports.map((port) => ruleTo(group, port)) });
  return {
    create: async ({ name, ports }) => {
      const answer = await send("POST", groups, { security_group: { name } });
      const id = idOf(answer.security_group);
      const rulesMade: unknown[] = [];
      for (let start = 0; start < ports.length; start += bulk) {
        const body = await addRules(id, ports.slice(start, start + bulk));
        rulesMade.push(...listOf(body, "security_group_rules"));
      }
      return { id, firstRule: idOf(rulesMade[0]) };
    },
    list: () => send("GET", `${groups}?project_id=${project}`),
    change: async ({ id, firstRule }) => {
      await send("DELETE", `${rules}/${firstRule}`);
      await addRules(id, [9]);
      return { id };
    },
    remove: ({ id }) => send("DELETE", `${groups}/${id}`),
  };
}

function ruleTo(group: string, port: number): Body {
  return {
    security_group_id: group,
    direction: "ingress",
    protocol: "tcp",
    port_range_min: port,
    port_range_max: port,
  };
}

function keyPairKind({ compute, send }: Session): Kind<Declared["keyPairs"][number]> {
  const path = `${compute}/os-keypairs`;
  return replaced(path, send, async ({ name, publicKey }) => {
    await send("POST", path, { keypair: { name, public_key: publicKey } });
    return { id: name };
  });
}

function credentialKind({
  credentials: path,
  send,
}: Session): Kind<Declared["credentials"][number]> {
  return replaced(path, send, async ({ name, description }) => {
    const credential = { name, description, roles: [{ name: "member" }] };
    const answer = await send("POST", path, { application_credential: credential });
    return { id: idOf(answer.application_credential) };
  });
}

/** Of a kind that cannot be changed and is made anew. */
function replaced<T>(
  path: string,
  send: Session["send"],
  create: (item: T) => Promise<Made>,
): Kind<T> {
  const remove = ({ id }: Made) => send("DELETE", `${path}/${id}`);
  const change = async (made: Made, item: T) => {
    await remove(made);
    return create(item);
  };
  return { create, list: () => send("GET", path), change, remove };
}

/** Works on all items, several at once. */
async function inParallel<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

type Body = Readonly<Record<string, unknown>>;

interface Session {
  readonly network: string;
  readonly compute: string;
  readonly credentials: string;
  readonly project: string;
  readonly send: (method: string, url: string, content?: Body) => Promise<Body>;
}

async function logIn({ authUrl, username, password, project }: RawLogin): Promise<Session> {
  const domain = { id: "default" };
  const user = { name: username, domain, password };
  const identity = { methods: ["password"], password: { user } };
  const scope = { project: { name: project, domain } };
  const answer = await fetch(`${authUrl}/auth/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ auth: { identity, scope } }),
  });
  const token = answer.headers.get("x-subject-token") ?? "";
  const claims = asBody(asBody(await answer.json()).token);
  return {
    network: endpoint(claims, "network"),
    compute: endpoint(claims, "compute"),
    credentials: `${authUrl}/users/${idOf(claims.user)}/application_credentials`,
    project: idOf(claims.project),
    send: (method, url, content) => send(token, method, url, content),
  };
}

async function send(token: string, method: string, url: string, content?: Body): Promise<Body> {
  const answer = await fetch(url, {
    method,
    headers: { "x-auth-token": token, "content-type": "application/json" },
    ...(content !== undefined && { body: JSON.stringify(content) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return text === "" ? {} : asBody(JSON.parse(text));
}

function endpoint(claims: Body, type: string): string {
  const service = listOf(claims, "catalog").find((it) => it.type === type) ?? {};
  const found = listOf(service, "endpoints").find((it) => it.interface === "public");
  return String(found?.url ?? "").replace(/\/+$/u, "");
}

function listOf(body: Body, key: string): readonly Body[] {
  const list = body[key];
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function idOf(thing: unknown): string {
  return isObject(thing) ? String(thing.id) : "";
}

function asBody(value: unknown): Body {
  return isObject(value) ? value : {};
}
