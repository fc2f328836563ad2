/** An extension's name, description and date. */
type ExtensionText = readonly [name: string, description: string, updated: string];

/** What Zed says of those of Neutron's abilities that are here, by alias. */
export const EXTENSION_TEXTS: Readonly<Record<string, ExtensionText>> = {
  "address-group": ["Address group", "Support address group", "2020-07-15T10:00:00-00:00"],
  "empty-string-filtering": [
    "Empty String Filtering Extension",
    "Allow filtering by attributes with empty string value",
    "2018-05-01T10:00:00-00:00",
  ],
  "filter-validation": [
    "Filter parameters validation",
    "Provides validation on filter parameters.",
    "2018-07-04T10:00:00-00:00",
  ],
  pagination: [
    "Pagination support",
    "Extension that indicates that pagination is enabled.",
    "2016-06-12T00:00:00-00:00",
  ],
  "project-id": [
    "project_id field enabled",
    "Extension that indicates that project_id field is enabled.",
    "2016-09-09T09:09:09-09:09",
  ],
  quota_details: [
    "Quota details management support",
    "Expose functions for quotas usage statistics per project",
    "2017-02-10T10:00:00-00:00",
  ],
  quotas: [
    "Quota management support",
    "Expose functions for quotas management per project",
    "2012-07-29T10:00:00-00:00",
  ],
  "rbac-policies": [
    "RBAC Policies",
    "Allows creation and modification of policies that control tenant access to resources.",
    "2015-06-17T12:15:12-00:00",
  ],
  "rbac-security-groups": [
    "Add security_group type to network RBAC",
    "Add security_group type to network RBAC",
    "2019-02-14T00:00:00-00:00",
  ],
  "revision-if-match": [
    "If-Match constraints based on revision_number",
    "Extension indicating that If-Match based on revision_number is supported.",
    "2016-12-11T00:00:00-00:00",
  ],
  "security-group": [
    "security-group",
    "The security groups extension.",
    "2012-10-05T10:00:00-00:00",
  ],
  "security-groups-default-rules": [
    "Default rules for security groups",
    "Configure set of security group rules used as default rules for every new SG",
    "2022-12-19T10:00:00-00:00",
  ],
  "security-groups-normalized-cidr": [
    "Normalized CIDR field for security group rules",
    "Add new field with normalized remote_ip_prefix cidr in SG rule",
    "2020-07-28T10:00:00-00:00",
  ],
  "security-groups-remote-address-group": [
    "Remote address group id field for security group rules",
    "Add new field of remote address group id in SG rules",
    "2020-08-25T10:00:00-00:00",
  ],
  "security-groups-shared-filtering": [
    "Security group filtering on the shared field",
    "Support filtering security groups on the shared field",
    "2021-10-05T09:00:00-00:00",
  ],
  sorting: [
    "Sorting support",
    "Extension that indicates that sorting is enabled.",
    "2016-06-12T00:00:00-00:00",
  ],
  "standard-attr-description": [
    "standard-attr-description",
    "Extension to add descriptions to standard attributes",
    "2016-02-10T10:00:00-00:00",
  ],
  "standard-attr-revisions": [
    "Resource revision numbers",
    "This extension will display the revision number of neutron resources.",
    "2016-04-11T10:00:00-00:00",
  ],
  "standard-attr-tag": [
    "Tag support for resources with standard attribute: port, subnet, subnetpool, network, security_group, router, floatingip, policy, trunk, network_segment_range",
    "Enables to set tag on resources with standard attribute.",
    "2017-01-01T00:00:00-00:00",
  ],
  "standard-attr-timestamp": [
    "Resource timestamps",
    "Adds created_at and updated_at fields to all Neutron resources that have Neutron standard attributes.",
    "2016-09-12T10:00:00-00:00",
  ],
  "stateful-security-group": [
    "Stateful security group",
    "Indicates if the security group is stateful or not",
    "2019-11-26T09:00:00-00:00",
  ],
};
