import type { Json } from "../../../engine/model/value.js";
import { type Exchange, send } from "../exchange.js";

const GROUPS = "network /v2.0/security-groups";

function post(security_group: Json, capture?: Exchange["capture"]): Exchange {
  return send("demo2", `POST ${GROUPS}`, { security_group }, capture ? { capture } : {});
}

function put(security_group: Json, revision?: string): Exchange {
  const headers = revision === undefined ? undefined : { "if-match": revision };
  return send("demo2", `PUT ${GROUPS}/$group`, { security_group }, headers ? { headers } : {});
}

function ask(method: string, path: string, body?: Json): Exchange {
  return send("demo2", `${method} ${GROUPS}${path}`, body);
}

const REFUSED: readonly Json[] = [
  { name: "x".repeat(256) },
  { name: 5 },
  { name: null },
  { name: [] },
  { name: "fidelity-x", description: "x".repeat(256) },
  { name: "fidelity-x", description: null },
  { name: "fidelity-x", stateful: "maybe" },
  { name: "fidelity-x", stateful: null },
  { name: "fidelity-x", tags: ["x"] },
  { name: "fidelity-x", id: "x" },
  { name: "fidelity-x", revision_number: 7 },
  { name: "fidelity-x", security_group_rules: [] },
  { name: "fidelity-x", shared: true },
  { name: "fidelity-x", project_id: "other" },
  { name: "fidelity-x", tenant_id: "other" },
  { name: "default" },
  { name: "DeFault" },
];

const LISTS = [
  "?bogus=1",
  "?name=",
  "?id=x",
  "?id=$group&id=$second&fields=name&sort_key=name&sort_dir=asc",
  "?name=FIDELITY-A&name=fidelity-b&fields=name&sort_key=name&sort_dir=desc",
  "?shared=true",
  "?shared=maybe",
  "?stateful=true",
  "?limit=abc",
  "?limit=-1",
  "?sort_key=name",
  "?sort_key=name&sort_dir=up",
  "?sort_key=bogus&sort_dir=asc",
  "?security_group_rules=x",
  "?created_at=x",
  "?changed_since=2026-01-01T00:00:00",
  "?tags=a&name=fidelity-a",
  "?project_id=other",
  "?project_id=$demo2.project&name=fidelity-a&fields=name",
  "?description=&name=fidelity-b&fields=name",
  "?revision_number=1&name=fidelity-b&fields=name",
  "?name=fidelity-b&fields=bogus",
  "?name=fidelity-b&fields=",
  "?name=fidelity-b&limit=1&fields=name",
  "?name=fidelity-b&limit=2&fields=name",
  "?name=fidelity-b&limit=1&marker=nope&fields=name",
  "?name=fidelity-b&limit=1&marker=$second&fields=name",
  "?name=fidelity-b&limit=1&page_reverse=true&fields=name",
  "?name=fidelity-b&limit=0&fields=name",
];

/** Neutron's security groups. */
export const GROUP_EXCHANGES: readonly Exchange[] = [
  post({ name: "fidelity-a", description: "first" }, { group: "/security_group/id" }),
  ask("GET", "/$group"),
  ask("GET", "/$group?fields=id&fields=name"),
  ask("GET", "/$group?fields=bogus"),
  send(
    "demo2",
    `POST ${GROUPS}`,
    {
      security_groups: [{ name: "fidelity-b", stateful: false }, { security_group: { name: "" } }],
    },
    { capture: { second: "/security_groups/0/id", third: "/security_groups/1/id" } },
  ),
  ...REFUSED.map((group) => post(group)),
  ...[
    {},
    [],
    "{",
    { security_group: [] },
    { security_group: null },
    { security_groups: [] },
    { security_groups: {} },
    { other: {} },
  ].map((body) => ask("POST", "", body)),
  ask("POST", ""),
  ask("PATCH", "/$group", {}),
  ask("POST", "/$group", {}),
  ask("PUT", "", {}),
  ask("DELETE", ""),
  ...LISTS.map((query) => ask("GET", query)),
  put({ description: "changed" }),
  put({ description: "changed" }),
  put({}),
  put({ name: "fidelity-a", stateful: "false" }),
  put({ name: "default" }),
  put({ name: null }),
  put({ id: "x" }),
  put({ project_id: "$demo2.project" }),
  put({ bogus: "x" }),
  put({ security_group_rules: [] }),
  ask("PUT", "/$group", {}),
  put({ description: "x" }, "revision_number=1"),
  put({ description: "x" }, "revision_number=x"),
  put({ description: "" }, "other"),
  ask("GET", "/$group?fields=revision_number&fields=description&fields=stateful"),
  ...["GET", "DELETE"].flatMap((method) => [
    ask(method, "/nope"),
    ask(method, "/00000000-0000-4000-8000-000000000000"),
  ]),
  ask("PUT", "/nope", { security_group: { name: "x" } }),
  send("demo", `GET ${GROUPS}/$group`),
  send("demo", `PUT ${GROUPS}/$group`, { security_group: { name: "x" } }),
  send("demo", `DELETE ${GROUPS}/$group`),
  send("admin", `GET ${GROUPS}?name=fidelity-a&fields=name`),
  send("admin", `PUT ${GROUPS}/$group`, { security_group: { description: "by admin" } }),
  send("nobody", `GET ${GROUPS}`),
  ask("DELETE", "/$group", {}),
  send("demo2", `DELETE ${GROUPS}/$group`, undefined, {
    headers: { "if-match": "revision_number=1" },
  }),
  ask("DELETE", "/$group"),
  ask("DELETE", "/$group"),
  ask("DELETE", "/$second"),
  ask("DELETE", "/$third"),
  send("demo2", `GET ${GROUPS}?name=default`, undefined, {
    capture: { default: "/security_groups/0/id" },
  }),
  ask("DELETE", "/$default"),
  ask("PUT", "/$default", { security_group: { name: "other" } }),
  ask("PUT", "/$default", { security_group: { name: "default" } }),
];

/** Tags of groups and rules. */
export const TAG_EXCHANGES: readonly Exchange[] = [
  post(
    { name: "fidelity-t" },
    { group: "/security_group/id", rule: "/security_group/security_group_rules/0/id" },
  ),
  ask("GET", "/$group/tags"),
  ...(
    [["b", "a"], ["a", "a"], [5], [""], ["x".repeat(255)], ["x".repeat(256)], "a", ["a,b"]] as const
  ).map((tags) => ask("PUT", "/$group/tags", { tags })),
  ask("PUT", "/$group/tags", {}),
  ask("PUT", "/$group/tags", { other: [] }),
  ask("POST", "/$group/tags", { tags: ["x"] }),
  ask("PUT", "/$group/tags", { tags: ["one", "two"] }),
  ask("PUT", "/$group/tags/three"),
  ask("PUT", "/$group/tags/three"),
  ask("GET", "/$group/tags/three"),
  ask("GET", "/$group/tags/four"),
  ask("GET", "/$group?fields=tags&fields=revision_number"),
  ...[
    "tags=one",
    "tags=one,two",
    "tags=one,nine",
    "tags-any=one,nine",
    "not-tags=one",
    "not-tags-any=nine",
    "tags=one&tags=two",
  ].map((query) => ask("GET", `?name=fidelity-t&fields=name&${query}`)),
  ask("DELETE", "/$group/tags/three"),
  ask("DELETE", "/$group/tags/three"),
  ask("DELETE", "/$group/tags"),
  ask("GET", "/$group?fields=tags&fields=revision_number"),
  ask("GET", "/nope/tags"),
  ask("PUT", "/nope/tags", { tags: [] }),
  send("demo", `GET ${GROUPS}/$group/tags`),
  send("demo2", "GET network /v2.0/bogus/x/tags"),
  send("demo2", "PUT network /v2.0/security-group-rules/$rule/tags", { tags: ["on-a-rule"] }),
  send("demo2", "GET network /v2.0/security-group-rules/$rule/tags"),
  ask("GET", "/$group"),
  ask("DELETE", "/$group"),
];
