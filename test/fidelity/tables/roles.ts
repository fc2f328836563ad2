import type { Json } from "../../../engine/model/value.js";
import { type Exchange, send } from "../exchange.js";

const ROLE = "identity /v3/projects/$demo2.project/users/$demo2.user/roles";
const CREDENTIALS = "identity /v3/users/$demo2.user/application_credentials";
const TOKENS = "identity /v3/auth/tokens";
const SELF = { headers: { "x-subject-token": "$demo2" } };

const logIn = (application_credential: Json) =>
  send("nobody", `POST ${TOKENS}`, {
    auth: { identity: { methods: ["application_credential"], application_credential } },
  });

/** A role that an administrator gives user demo2 and takes again, with a credential in between. */
export const ROLE_EXCHANGES: readonly Exchange[] = [
  send("demo2", "POST identity /v3/roles", { role: { name: "fidelity" } }),
  send(
    "admin",
    "POST identity /v3/roles",
    { role: { name: "fidelity" } },
    {
      capture: { role: "/role/id" },
    },
  ),
  send("admin", "POST identity /v3/roles", { role: { name: "FIDELITY" } }),
  send("demo2", `PUT ${ROLE}/$role`),
  send("admin", `PUT ${ROLE}/nope`),
  send("admin", `PUT ${ROLE}/$role`),
  send("admin", `PUT ${ROLE}/$role`),
  send("admin", `GET ${ROLE}`),
  send("demo2", `GET ${TOKENS}`, undefined, SELF),
  send(
    "demo2",
    `POST ${CREDENTIALS}`,
    {
      application_credential: {
        name: "fidelity-role",
        roles: [{ name: "member" }, { name: "fidelity" }],
      },
    },
    {
      capture: {
        credential: "/application_credential/id",
        secret: "/application_credential/secret",
      },
    },
  ),
  logIn({ id: "$credential", secret: "$secret" }),
  send("demo2", `DELETE ${ROLE}/$role`),
  send("admin", `DELETE ${ROLE}/$role`),
  send("admin", `DELETE ${ROLE}/$role`),
  send("demo2", `GET ${TOKENS}`, undefined, SELF),
  send("demo2", `GET ${CREDENTIALS}/$credential`),
  logIn({ id: "$credential", secret: "$secret" }),
  send("demo2", `DELETE identity /v3/roles/$role`),
  send("admin", `DELETE identity /v3/roles/$role`),
  send("admin", `DELETE identity /v3/roles/$role`),
  send("demo2", `GET ${CREDENTIALS}`),
  send("demo2", `GET ${CREDENTIALS}/$credential`),
  send("demo2", `DELETE ${CREDENTIALS}/$credential`),
  send("demo2", `GET ${CREDENTIALS}`),
];
