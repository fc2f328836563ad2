import { Sensitive, Unknown } from "../../../engine/model/value.js";
import { aChange, aDrift, added, aPlan, at, changed, place, rule } from "../../helpers/plans.js";

const OLD_KEY = `ssh-ed25519 ${"AAAAC3NzaC1lZDI1NTE5AAAAIJ".padEnd(60, "x")}old`;
const NEW_KEY = `ssh-ed25519 ${"AAAAC3NzaC1lZDI1NTE5AAAAIJ".padEnd(60, "x")}new`;

const PROJECT_OF_WEB = {
  address: at("security_group.web"),
  path: ["project_id"],
  range: place("ci.yaml", 5),
};

/** Every action, drift, a warning, an interrupted run, a secret, unknowns. */
export const EVERYTHING = aPlan({
  changes: [
    aChange("create", "security_group.web", {
      reason: "not in the cloud",
      range: place("web.yaml", 4),
      config: { description: "public web servers", rules: [] },
      attributes: [
        added("id", new Unknown()),
        added("name", "web"),
        added("description", "public web servers"),
        added("stateful", true),
        added("tags", []),
        rule("add", "ingress tcp/80 from anywhere (IPv4)"),
        rule("add", "ingress tcp/22 from 203.0.113.0/24"),
      ],
    }),
    aChange("create", "application_credential.ci-backup-job", {
      reason: "not in the cloud",
      range: place("ci.yaml", 2),
      config: { roles: ["member"] },
      attributes: [
        added("secret", new Sensitive("hunter2")),
        added("roles", ["member"]),
        added("project_id", new Unknown(PROJECT_OF_WEB)),
      ],
    }),
    aChange("no-op", "key_pair.laptop"),
    aChange("update", "security_group.database", {
      reason: "rules differ",
      range: place("db.yaml", 9),
      attributes: [
        {
          ...changed("description", "", "only from the web servers"),
          range: place("db.yaml", 10),
        },
        {
          ...rule("add", "ingress tcp/3306 from security_group.web (IPv4)"),
          after: { ethertype: "IPv4" },
          range: place("db.yaml", 13),
        },
        {
          ...rule("add", "ingress tcp/3306 from security_group.web (IPv6)"),
          after: { ethertype: "IPv6" },
          range: place("db.yaml", 13),
        },
        {
          ...rule("remove", "ingress tcp/3306 from anywhere (IPv4)  ! MySQL to the whole internet"),
          range: place("db.yaml", 12),
        },
      ],
    }),
    aChange("import", "security_group.default", {
      reason: "the project's default group is adopted",
      range: place("main.yaml", 12),
      attributes: [rule("remove", "ingress any from itself")],
    }),
    aChange("forget", "key_pair.gone", { reason: "deleted outside and no longer declared" }),
    aChange("replace", "key_pair.deploy", {
      reason: "forced by public_key",
      range: place("keys.yaml", 4),
      attributes: [
        changed("fingerprint", "aa:bb", new Unknown()),
        { ...changed("public_key", OLD_KEY, NEW_KEY), forcesReplacement: true },
      ],
    }),
    aChange("delete", "security_group.old", {
      reason: "no longer declared",
      attributes: [rule("remove", "ingress tcp/8080 from anywhere (IPv4)")],
    }),
  ],
  drift: [
    aDrift("security_group.database", {
      range: place("db.yaml", 9),
      updatedAt: "2026-11-23T09:30:00Z",
      attributes: [
        {
          ...rule("add", "ingress tcp/3306 from anywhere (IPv4)  ! MySQL to the whole internet"),
          range: place("db.yaml", 12),
        },
      ],
    }),
    aDrift("key_pair.gone", { kind: "deleted" }),
  ],
  interrupted: [
    {
      address: at("security_group.web"),
      action: "create",
      name: "web",
      startedAt: "2026-11-23T11:58:00Z",
      run: "run-1",
      existing: [],
    },
  ],
  diagnostics: [
    {
      severity: "warning",
      code: "open-to-world",
      summary: "ssh is open to everybody",
      address: at("security_group.web"),
      range: place("web.yaml", 7, 11, 20),
      help: "name the networks that may connect under `from`",
    },
  ],
});

/** A thousand changes: nearly all creations, and a few that matter more. */
export const THOUSAND = aPlan({
  changes: [
    ...Array.from({ length: 985 }, (_, index) =>
      aChange("create", `security_group.web-${String(index + 1).padStart(3, "0")}`, {
        reason: "not in the cloud",
        attributes: [
          rule("add", "ingress tcp/443 from anywhere (IPv4)"),
          rule("add", `ingress tcp/22 from 10.0.${index % 250}.0/24`),
        ],
      }),
    ),
    ...Array.from({ length: 10 }, (_, index) =>
      aChange("replace", `key_pair.admin-${index}`, {
        reason: "forced by algorithm",
        attributes: [{ ...changed("algorithm", "rsa-2048", "ed25519"), forcesReplacement: true }],
      }),
    ),
    ...Array.from({ length: 5 }, (_, index) =>
      aChange("delete", `security_group.old-${index}`, { reason: "no longer declared" }),
    ),
  ],
});

/** One group with a hundred rules more and three less. */
export const HUNDRED_RULES = aPlan({
  changes: [
    aChange("update", "security_group.partners", {
      reason: "rules differ",
      range: place("partners.yaml", 3),
      attributes: [
        ...Array.from({ length: 100 }, (_, index) =>
          rule("add", `ingress tcp/443 from 198.51.100.${index}/32`),
        ),
        ...Array.from({ length: 3 }, (_, index) =>
          rule("remove", `ingress tcp/443 from 192.0.2.${index}/32`),
        ),
      ],
    }),
  ],
});
