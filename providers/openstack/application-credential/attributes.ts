import type { AttributeRule } from "../../../engine/model/attribute-rule.js";

/** Nothing about a credential can be changed: whatever differs makes it anew. */
export const attributes: Readonly<Record<string, AttributeRule>> = {
  id: { description: "Keystone's id.", computed: true },
  name: {
    description: "Unique per user over all projects.",
    forcesReplacement: true,
    unique: true,
  },
  description: { description: "For people.", forcesReplacement: true },
  expires_at: {
    description: "The instant from which it is of no use, in UTC; null: never.",
    computed: true,
    forcesReplacement: true,
  },
  expires_in: {
    description: "How long it was to last when it was made, such as 90d.",
    local: true,
    forcesReplacement: true,
  },
  roles: {
    description: "The roles it has, by name, those that Keystone implies among them.",
    computed: true,
    forcesReplacement: true,
  },
  requested_roles: {
    description: "The roles that were asked for when it was made; null: all of the log-in.",
    computed: true,
    local: true,
    createOnly: true,
  },
  unrestricted: {
    description: "Whether it may make and delete application credentials.",
    forcesReplacement: true,
  },
  access_rules: {
    description: "The only requests it may make; none: all that its roles allow.",
    forcesReplacement: true,
  },
  project_id: { description: "The project it is for.", computed: true },
  secret: {
    description: "The secret given in the configuration; kept nowhere.",
    createOnly: true,
  },
  secret_fingerprint: {
    description: "Tells whether a given secret has changed (scrypt); null: it was generated.",
    computed: true,
    local: true,
    forcesReplacement: true,
  },
  write_to: { description: "Where the secret was delivered.", local: true },
  undelivered: {
    description: "Where an interrupted run was to deliver the secret, until it has arrived.",
    local: true,
    createOnly: true,
    internal: true,
  },
  sealed: {
    description: "Marks of the encrypted files that were delivered.",
    local: true,
    createOnly: true,
    internal: true,
  },
  occupied: {
    description: "What stands where the secret is to go.",
    local: true,
    createOnly: true,
    internal: true,
  },
};
