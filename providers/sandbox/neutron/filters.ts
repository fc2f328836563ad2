import type { Json, JsonObject } from "../../../engine/model/value.js";
import { fold } from "../tables.js";
import type { Attribute, Kind } from "./attributes.js";
import { badRequest } from "./errors.js";

/** Query parameters that choose, order or cut, rather than filter. */
const OTHERS = new Set(["fields", "sort_key", "sort_dir", "limit", "marker", "page_reverse"]);

/** Accepted without any effect, as Neutron does with what its database does not hold. */
const WITHOUT_EFFECT = new Set(["normalized_cidr"]);

type Test = (item: JsonObject) => boolean;

const TAG_TESTS: Readonly<
  Record<string, (tags: readonly string[], asked: readonly string[]) => boolean>
> = {
  tags: (tags, asked) => asked.every((it) => tags.includes(it)),
  "tags-any": (tags, asked) => asked.some((it) => tags.includes(it)),
  "not-tags": (tags, asked) => !asked.every((it) => tags.includes(it)),
  "not-tags-any": (tags, asked) => !asked.some((it) => tags.includes(it)),
};

/**
 * The items that fit all filters; a repeated filter is an alternative. Texts are compared without
 * case. Throws a Refusal for an attribute that is no filter.
 */
export function filterBy(
  items: readonly JsonObject[],
  query: URLSearchParams,
  kind: Kind,
): readonly JsonObject[] {
  const names = [...new Set(query.keys())].filter((name) => !OTHERS.has(name));
  const unknown = names.filter((name) => !(name in TAG_TESTS) && !kind.attributes[name]?.filter);
  if (unknown.length > 0) {
    const list = unknown.map((it) => `'${it}'`).join(", ");
    throw badRequest(`[${list}] is invalid attribute for filtering`);
  }
  const tests = names
    .filter((name) => !WITHOUT_EFFECT.has(name))
    .map((name) => toTest(name, query.getAll(name), kind.attributes[name]));
  return tests.length === 0 ? items : items.filter((item) => tests.every((test) => test(item)));
}

function toTest(name: string, values: readonly string[], attribute: Attribute | undefined): Test {
  const tagTest = TAG_TESTS[name];
  if (tagTest) {
    const asked = values.flatMap((value) => value.split(","));
    return (item) => tagTest(textsOf(item.tags), asked);
  }
  const wanted = new Set(values.map((value) => comparable(attribute?.convert?.(value) ?? value)));
  return (item) => {
    const value = item[name];
    return value !== undefined && value !== null && wanted.has(comparable(value));
  };
}

function comparable(value: Json): string {
  return fold(String(value));
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
