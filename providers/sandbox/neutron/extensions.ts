import type { JsonObject } from "../../../engine/model/value.js";
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
  sorting: "Sorting support",
  "standard-attr-description": "standard-attr-description",
  "standard-attr-revisions": "Resource revision numbers",
  "standard-attr-tag": "Tag support for resources with standard attribute",
  "standard-attr-timestamp": "Resource timestamps",
  "stateful-security-group": "Stateful security group",
};

/** GET /extensions */
export function listExtensions(): Reply {
  return { status: 200, json: { extensions: Object.keys(NAMES).map(describe) } };
}

/** GET /extensions/ALIAS */
export function showExtension(alias: string): Reply {
  if (Object.hasOwn(NAMES, alias)) return { status: 200, json: { extension: describe(alias) } };
  throw new Refusal({ status: 404, html: `Extension with alias ${alias} does not exist` });
}

function describe(alias: string): JsonObject {
  const name = NAMES[alias] ?? alias;
  return { name, alias, description: name, updated: "2017-01-01T00:00:00-00:00", links: [] };
}
