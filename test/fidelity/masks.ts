/**
 * What is left out when two clouds' answers are compared, each with its reason: the one list of
 * it, which the comparison uses. Whatever is not here is compared, with status and every field.
 */

/** The headers that are compared; the others tell of the web server, the request or the moment. */
export const COMPARED_HEADERS = [
  "content-type",
  "openstack-api-version",
  "x-openstack-nova-api-version",
  "www-authenticate",
] as const;

/** Fields of bodies of which only that they are there is compared. */
export const MASKED_FIELDS: Readonly<Record<string, string>> = {
  secret: "random",
  private_key: "random",
  audit_ids: "random",
  mac_address: "random",
  "x-subject-token": "a token, sent back in a body",
  standard_attr_id: "counts what was made before",
};

/** Fields that single requests of the tables mask beside those, by `unstable`. */
export const SOMETIMES_MASKED = {
  revision_number: "a real cloud counts the rules of one bulk request now once, now each",
  methods: "the order of a set that Keystone prints as a text",
} as const;

/** Lists that come in any order, compared as sets. */
export const UNORDERED_LISTS: Readonly<Record<string, string>> = {
  methods: "a set",
  access_rules: "as the database gives them",
  security_group_rules: "as the database gives them",
  roles: "as the database gives them",
  catalog: "as the database gives them",
  endpoints: "as the database gives them",
  addresses: "as the database gives them",
};

/** In an object with a `private_key`, which the cloud has made, what follows from that key. */
export const MASKED_WITH_GENERATED_KEY: Readonly<Record<string, string>> = {
  public_key: "of a random key",
  fingerprint: "of a random key",
};

/** Parts of texts that are masked where they stand, in bodies and headers. */
export const MASKED_TEXTS: readonly {
  readonly pattern: RegExp;
  readonly becomes: string;
  readonly why: string;
}[] = [
  {
    pattern: /\n\nFailed validating.*$|(?<=Unable to load PEM file\.) See .*$/gsu,
    becomes: "",
    why: "a message goes on with what a Python library prints",
  },
  {
    pattern: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{32}\b/gu,
    becomes: "(id)",
    why: "ids are random",
  },
  {
    pattern: /(?!203)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(Z?)/gu,
    becomes: "(time$1)",
    why: "moments of the run; those that the tables send are of the 2030s and are compared",
  },
  {
    pattern: /(?<=RBAC policy of type )(?:unknown|security_group)/gu,
    becomes: "(type)",
    why: "one of Neutron's processes remembers the type, another does not",
  },
];

/** What is masked by its form and not by a name. */
export const MASKED_FORMS = {
  page: { becomes: "(text)", why: "a body that is no JSON is a page of the web server" },
  number: { becomes: "(number)", why: "a number as `id` counts what was made before" },
  charset: { pattern: /; ?charset=.*$/iu, why: "behind a content-type it is the web server's" },
  address: { becomes: (service: string) => `(${service})`, why: "a service's differs by place" },
} as const;

/** What of the clouds is compared by no table, and why. */
const NOT_COMPARED: Readonly<Record<string, string>> = {
  "extensions that this project does not read":
    "`GET /v2.0/extensions` is compared in those the embedded cloud has",
  "the refusal to share another project's group":
    "Neutron's message has a number in it that differs in each of its processes",
  "sharing of anything but security groups": "the embedded cloud shares nothing else",
  "quotas of single users in Nova": "no quota of a user is read here, only that of its project",
};

/** How many masks there are. */
const MASKS = [
  MASKED_FIELDS,
  SOMETIMES_MASKED,
  UNORDERED_LISTS,
  MASKED_WITH_GENERATED_KEY,
  MASKED_TEXTS,
  MASKED_FORMS,
].reduce((sum, it) => sum + Object.keys(it).length, 0);

/** How a comparison ended, in a line. */
export function fidelityLine(compared: number, different: number): string {
  const open = Object.keys(NOT_COMPARED).length;
  return `fidelity: ${compared} requests compared, ${different} different, ${MASKS} masks and ${open} things not compared (listed with reasons in test/fidelity/masks.ts)`;
}
