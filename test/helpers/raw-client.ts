import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { isObject } from "../../engine/model/value.js";
import type { Hand, HandGroup, HandRule } from "../acceptance/cloud.js";

/** How a user logs in with a password. */
export interface RawLogin {
  readonly authUrl: string;
  readonly username: string;
  readonly password: string;
  readonly project: string;
}

/** Plain requests, apart from the program's own client: what a stranger's script would send. */
export async function rawHand(login: RawLogin): Promise<Hand> {
  const session = await logIn(login);
  const groupsNamed = async (name: string): Promise<readonly HandGroup[]> => {
    const query = `name=${encodeURIComponent(name)}&project_id=${session.project}`;
    const body = await session.send("GET", `${session.network}/v2.0/security-groups?${query}`);
    return listOf(body, "security_groups").map((group) => ({
      id: String(group.id),
      description: String(group.description),
      rules: listOf(group, "security_group_rules").map(ruleOf),
    }));
  };
  const credentials = async () => {
    const body = await session.send("GET", session.credentials);
    return listOf(body, "application_credentials");
  };
  return {
    groups: groupsNamed,
    keyPairs: async () =>
      listOf(await session.send("GET", `${session.compute}/os-keypairs`), "keypairs").map((it) =>
        isObject(it.keypair) ? String(it.keypair.name) : "",
      ),
    credentials: async () => (await credentials()).map((it) => String(it.name)),
    addRule: async (groupId, port) => {
      const rule = {
        security_group_id: groupId,
        direction: "ingress",
        ethertype: "IPv4",
        protocol: "tcp",
        port_range_min: port,
        port_range_max: port,
      };
      const body = await session.send("POST", `${session.network}/v2.0/security-group-rules`, {
        security_group_rule: rule,
      });
      return isObject(body.security_group_rule) ? String(body.security_group_rule.id) : "";
    },
    deleteRule: async (id) => {
      await session.send("DELETE", `${session.network}/v2.0/security-group-rules/${id}`);
    },
    deleteKeyPair: async (name) => {
      await session.send("DELETE", `${session.compute}/os-keypairs/${encodeURIComponent(name)}`);
    },
    deleteCredential: async (name) => {
      for (const it of await credentials()) {
        if (it.name === name) await session.send("DELETE", `${session.credentials}/${it.id}`);
      }
    },
    expiry: async (name) => {
      const found = (await credentials()).find((it) => it.name === name);
      return typeof found?.expires_at === "string" ? found.expires_at : null;
    },
    putOnPort: async (groupId) => {
      const { network, send } = session;
      const made = await send("POST", `${network}/v2.0/networks`, { network: { name: "test" } });
      const net = isObject(made.network) ? String(made.network.id) : "";
      const port = { network_id: net, security_groups: [groupId] };
      const bound = await send("POST", `${network}/v2.0/ports`, { port });
      const id = isObject(bound.port) ? String(bound.port.id) : "";
      return async () => {
        await send("DELETE", `${network}/v2.0/ports/${id}`);
        await send("DELETE", `${network}/v2.0/networks/${net}`);
      };
    },
    deleteGroups: async (name) => {
      for (const { id } of await groupsNamed(name)) {
        await session.send("DELETE", `${session.network}/v2.0/security-groups/${id}`);
      }
    },
  };
}

type Body = Readonly<Record<string, unknown>>;

/** Logs in to an entry of a clouds.yaml that has a password. */
export async function rawSession(
  cloudsFile: string,
  cloud: string,
  project?: string,
): Promise<RawSession> {
  const file: { clouds: Record<string, { auth: Record<string, string> } | undefined> } = parse(
    readFileSync(cloudsFile, "utf8"),
  );
  const auth = file.clouds[cloud]?.auth ?? {};
  return logIn({
    authUrl: auth.auth_url ?? "",
    username: auth.username ?? "",
    password: auth.password ?? "",
    project: project ?? auth.project_name ?? "",
  });
}

/** A log-in that sends plain requests. */
export interface RawSession {
  readonly login: RawLogin;
  readonly compute: string;
  readonly network: string;
  readonly credentials: string;
  readonly user: string;
  readonly project: string;
  /** The body of the answer. Throws where it is a refusal. */
  send(method: string, url: string, body?: unknown): Promise<Body>;
  /** The answer, whatever it is. */
  ask(method: string, url: string, body?: unknown, headers?: Headers): Promise<RawAnswer>;
}

/** How a cloud answers a plain request. */
export interface RawAnswer {
  readonly status: number;
  /** JSON, or the text where it is none. */
  readonly body: unknown;
}

type Headers = Readonly<Record<string, string>>;

/** No connection is kept: a cloud may end and begin again at the same address. */
const ONCE = { connection: "close" };

async function logIn(login: RawLogin): Promise<RawSession> {
  const { authUrl, username, password, project } = login;
  const domain = { id: "default" };
  const auth = {
    identity: {
      methods: ["password"],
      password: { user: { name: username, domain, password } },
    },
    scope: { project: { name: project, domain } },
  };
  const response = await fetch(`${authUrl}/auth/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json", ...ONCE },
    body: JSON.stringify({ auth }),
  });
  const token = response.headers.get("x-subject-token") ?? "";
  const body: unknown = await response.json();
  const claims = isObject(body) && isObject(body.token) ? body.token : {};
  const user = isObject(claims.user) ? String(claims.user.id) : "";
  return {
    login,
    compute: endpoint(claims, "compute"),
    network: endpoint(claims, "network"),
    credentials: `${authUrl}/users/${user}/application_credentials`,
    user,
    project: isObject(claims.project) ? String(claims.project.id) : "",
    send: (method, url, content) => send(token, method, url, content),
    ask: (...request) => ask(token, ...request),
  };
}

async function send(token: string, method: string, url: string, content?: unknown): Promise<Body> {
  const { status, body } = await ask(token, method, url, content);
  if (status >= 400) throw new Error(`${method} ${url}: ${status} ${JSON.stringify(body)}`);
  return isObject(body) ? body : {};
}

async function ask(
  token: string,
  method: string,
  url: string,
  content?: unknown,
  headers: Headers = {},
): Promise<RawAnswer> {
  const response = await fetch(url, {
    method,
    headers: { "x-auth-token": token, "content-type": "application/json", ...ONCE, ...headers },
    ...(content !== undefined && { body: JSON.stringify(content) }),
  });
  const text = await response.text();
  return { status: response.status, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function endpoint(claims: Body, type: string): string {
  const service = listOf(claims, "catalog").find((it) => it.type === type) ?? {};
  const found = listOf(service, "endpoints").find((it) => it.interface === "public");
  return String(found?.url ?? "").replace(/\/+$/u, "");
}

/** The objects in a list of an answer. */
export function listOf(body: Body, key: string): readonly Body[] {
  const list = body[key];
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function ruleOf(rule: Body): HandRule {
  const text = (key: string) => (typeof rule[key] === "string" ? String(rule[key]) : null);
  const number = (key: string) => (typeof rule[key] === "number" ? Number(rule[key]) : null);
  return {
    id: String(rule.id),
    direction: String(rule.direction),
    ethertype: String(rule.ethertype),
    protocol: text("protocol"),
    port_range_min: number("port_range_min"),
    port_range_max: number("port_range_max"),
    remote_ip_prefix: text("remote_ip_prefix"),
    remote_group_id: text("remote_group_id"),
    remote_address_group_id: text("remote_address_group_id"),
    description: text("description"),
  };
}
