import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import { Refusal, type Reply } from "../http.js";

/** What of Neutron's abilities is here, by alias. */
const NAMES: Readonly<Record<string, string>> = {
  "address-group": "Address group",
  "empty-string-filtering": "Empty String Filtering Extension",
  "filter-validation": "Filter parameters validation",
  pagination: "Pagination support",
  "project-id": "project_id field enabled",
  quotas: "Quota management support",
  quota_details: "Quota details management support",
  "revision-if-match": "If-Match constraints based on revision_number",
  "security-group": "security-group",
  "security-groups-normalized-cidr": "Normalized CIDR field for security group rules",
  "security-groups-remote-address-group": "Remote address group id field for security group rules",
  "security-groups-shared-filtering": "Security group filtering on the shared field",
  "security-groups-default-rules": "Default rules for security groups",
  sorting: "Sorting support",
  "standard-attr-description": "standard-attr-description",
  "standard-attr-revisions": "Resource revision numbers",
  "standard-attr-tag": "Tag support for resources with standard attribute",
  "standard-attr-timestamp": "Resource timestamps",
  "stateful-security-group": "Stateful security group",
};

/** Abilities that came after the release that is the model here. */
const LATER = new Set(["security-groups-default-rules"]);

/** The aliases of the extensions that a cloud has: those of Zed, but for what is said otherwise. */
export function chooseExtensions(choice: Readonly<Record<string, boolean>>): ReadonlySet<string> {
  return new Set(Object.keys(NAMES).filter((alias) => choice[alias] ?? !LATER.has(alias)));
}

/** GET /extensions */
export function listExtensions(cloud: Cloud): Reply {
  return { status: 200, json: { extensions: [...cloud.extensions].map(describe) } };
}

/** GET /extensions/ALIAS */
export function showExtension(cloud: Cloud, alias: string): Reply {
  if (cloud.extensions.has(alias)) return { status: 200, json: { extension: describe(alias) } };
  throw new Refusal({ status: 404, html: `Extension with alias ${alias} does not exist` });
}

function describe(alias: string): JsonObject {
  const name = NAMES[alias] ?? alias;
  return { name, alias, description: name, updated: "2017-01-01T00:00:00-00:00", links: [] };
}
