import { type Exchange, send } from "../exchange.js";

const GROUPS = "network /v2.0/security-groups";
const RULES = "network /v2.0/security-group-rules";
const POLICIES = "network /v2.0/rbac-policies";
const FIELDS = "fields=name&fields=shared&fields=project_id";

const share = (target_tenant: string, more: Readonly<Record<string, string>> = {}) => ({
  rbac_policy: {
    object_type: "security_group",
    object_id: "$group",
    action: "access_as_shared",
    target_tenant,
    ...more,
  },
});

/** A security group of project demo that project demo2 sees as well. */
export const SHARING_EXCHANGES: readonly Exchange[] = [
  send(
    "demo",
    `POST ${GROUPS}`,
    { security_group: { name: "fidelity-shared" } },
    { capture: { group: "/security_group/id", rule: "/security_group/security_group_rules/0/id" } },
  ),
  send("demo2", `GET ${GROUPS}/$group`),
  send("demo", `POST ${POLICIES}`, share("$demo2.project"), {
    capture: { policy: "/rbac_policy/id" },
  }),
  send("demo", `POST ${POLICIES}`, share("$demo2.project")),
  send("demo", `POST ${POLICIES}`, share("*")),
  send("demo", `POST ${POLICIES}`, share("$demo2.project", { object_type: "bogus" })),
  send("demo", `POST ${POLICIES}`, share("$demo2.project", { action: "access_as_external" })),
  send("demo", `POST ${POLICIES}`, share("$demo2.project", { bogus: "x" })),
  send("demo", `POST ${POLICIES}`, { rbac_policy: {} }),
  send("demo", `GET ${POLICIES}`),
  send("demo", `GET ${POLICIES}/$policy`),
  send("demo2", `GET ${POLICIES}`),
  send("demo2", `GET ${POLICIES}/$policy`),
  send("demo2", `DELETE ${POLICIES}/$policy`),
  send("demo2", `GET ${GROUPS}?name=fidelity-shared&${FIELDS}`),
  send("demo2", `GET ${GROUPS}?shared=true&name=fidelity-shared&${FIELDS}`),
  send("demo2", `GET ${GROUPS}?project_id=$demo2.project&name=fidelity-shared&${FIELDS}`),
  send("demo", `GET ${GROUPS}?name=fidelity-shared&${FIELDS}`),
  send("demo", `GET ${GROUPS}?shared=true&name=fidelity-shared&${FIELDS}`),
  send("demo2", `GET ${GROUPS}/$group`),
  send("demo2", `GET ${RULES}?security_group_id=$group`),
  send("demo2", `PUT ${GROUPS}/$group`, { security_group: { description: "x" } }),
  send("demo2", `DELETE ${GROUPS}/$group`),
  send("demo2", `DELETE ${RULES}/$rule`),
  send(
    "demo2",
    `POST ${RULES}`,
    { security_group_rule: { security_group_id: "$group", direction: "ingress" } },
    { capture: { theirs: "/security_group_rule/id" } },
  ),
  send("demo2", `GET ${RULES}?security_group_id=$group&fields=project_id`),
  send("demo", `GET ${GROUPS}/$group`),
  send("demo2", `DELETE ${RULES}/$theirs`),
  send("demo", `DELETE ${POLICIES}/$policy`),
  send("demo", `DELETE ${POLICIES}/$policy`),
  send("demo2", `GET ${GROUPS}/$group`),
  send("demo", `POST ${POLICIES}`, share("$demo2.project"), {
    capture: { policy: "/rbac_policy/id" },
  }),
  send("demo", `DELETE ${GROUPS}/$group`),
  send("demo", `GET ${POLICIES}/$policy`),
];
