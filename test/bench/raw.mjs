/**
 * A script such as a stranger would write with plain requests: logs in and does one step of what is
 * declared, as quickly as the cloud allows. `node raw.mjs FILE create|list|change|remove`; the file is
 * JSON, `{login, declared, made}`, and keeps in `made` what the cloud called what was made.
 */
import { readFileSync, writeFileSync } from "node:fs";

/** Requests in flight at once: more gained nothing on two cores. */
const AT_ONCE = 8;
/** Rules in one request: of larger ones uWSGI's router, in front of the lab, cuts the connection. */
const BULK = 350;

const [file = "", step = ""] = process.argv.slice(2);
const { login, declared, made } = JSON.parse(readFileSync(file, "utf8"));
const session = await logIn();
const [items, kind] = kindOf();
await { create, list: kind.list, change, remove }[step]();
writeFileSync(file, JSON.stringify({ login, declared, made }));

function create() {
  return inParallel(items, async (item) => {
    made[item.name] = await kind.create(item);
  });
}

/** A look at what there is, one deletion, one creation. */
async function change() {
  const [item] = items;
  await kind.list();
  made[item.name] = await kind.change(made[item.name], item);
}

function remove() {
  return inParallel(Object.values(made), (it) => kind.remove(it));
}

function kindOf() {
  const { groups, keyPairs, credentials } = declared;
  if (groups.length > 0) return [groups, groupKind()];
  return keyPairs.length > 0 ? [keyPairs, keyPairKind()] : [credentials, credentialKind()];
}

/** Groups with their rules in bulk. */
function groupKind() {
  const groups = `${session.network}/v2.0/security-groups`;
  const rules = `${session.network}/v2.0/security-group-rules`;
  const addRules = (group, ports) =>
    send("POST", rules, { security_group_rules: ports.map((port) => ruleTo(group, port)) });
  return {
    create: async ({ name, ports }) => {
      const { id } = (await send("POST", groups, { security_group: { name } })).security_group;
      const ids = [];
      for (let start = 0; start < ports.length; start += BULK) {
        const answer = await addRules(id, ports.slice(start, start + BULK));
        ids.push(...answer.security_group_rules.map((it) => it.id));
      }
      return { id, firstRule: ids[0] };
    },
    list: () => send("GET", `${groups}?project_id=${session.project}`),
    change: async ({ id, firstRule }) => {
      await send("DELETE", `${rules}/${firstRule}`);
      await addRules(id, [9]);
      return { id };
    },
    remove: ({ id }) => send("DELETE", `${groups}/${id}`),
  };
}

function ruleTo(group, port) {
  return {
    security_group_id: group,
    direction: "ingress",
    protocol: "tcp",
    port_range_min: port,
    port_range_max: port,
  };
}

function keyPairKind() {
  const path = `${session.compute}/os-keypairs`;
  return replaced(path, async ({ name, publicKey }) => {
    await send("POST", path, { keypair: { name, public_key: publicKey } });
    return name;
  });
}

function credentialKind() {
  const path = session.credentials;
  return replaced(path, async ({ name, description }) => {
    const credential = { name, description, roles: [{ name: "member" }] };
    const answer = await send("POST", path, { application_credential: credential });
    return answer.application_credential.id;
  });
}

/** Of a kind that cannot be changed and is made anew. */
function replaced(path, create) {
  const remove = (id) => send("DELETE", `${path}/${id}`);
  const change = async (id, item) => {
    await remove(id);
    return create(item);
  };
  return { create, list: () => send("GET", path), change, remove };
}

/** Works on all items, several at once. */
async function inParallel(all, work) {
  const left = all.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function logIn() {
  const { authUrl, username, password, project } = login;
  const domain = { id: "default" };
  const user = { name: username, domain, password };
  const identity = { methods: ["password"], password: { user } };
  const scope = { project: { name: project, domain } };
  const answer = await fetch(`${authUrl}/auth/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ auth: { identity, scope } }),
  });
  const { token } = await answer.json();
  const endpoint = (type) =>
    token.catalog
      .find((it) => it.type === type)
      ?.endpoints.find((it) => it.interface === "public")
      .url.replace(/\/+$/u, "");
  return {
    token: answer.headers.get("x-subject-token"),
    project: token.project.id,
    network: endpoint("network"),
    compute: endpoint("compute"),
    credentials: `${authUrl}/users/${token.user.id}/application_credentials`,
  };
}

async function send(method, url, content) {
  const answer = await fetch(url, {
    method,
    headers: { "x-auth-token": session.token, "content-type": "application/json" },
    ...(content !== undefined && { body: JSON.stringify(content) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return text === "" ? {} : JSON.parse(text);
}
