import { compareTexts } from "../../../engine/model/address.js";
import type { Json, JsonObject } from "../../../engine/model/value.js";
import { objects, text } from "../network/answer.js";
import { byKey, ruleSet, rulesJson } from "./rule-attributes.js";
import { storedRule } from "./stored-rule.js";

/** A group as Neutron answers it, in canonical form, without local attributes. */
export function storedAttributes(group: JsonObject): JsonObject {
  return {
    ...storedFields(group),
    id: text(group.id),
    tags: storedTags(group),
    rules: rulesJson(ruleSet(sortedRules(group).map((it) => storedRule(it, text(group.id))))),
  };
}

/** What a PUT of the group may change. */
export function storedFields(group: JsonObject): JsonObject {
  return {
    name: text(group.name),
    description: text(group.description),
    // Clouds without the extension stateful-security-group have stateful groups only.
    stateful: group.stateful !== false,
  };
}

export function storedTags(from: JsonObject): readonly string[] {
  const tags = Array.isArray(from.tags) ? from.tags : [];
  return tags.map((tag: Json) => text(tag)).sort(compareTexts);
}

/** The group's rules as Neutron answers them, by the keys they have in the `rules` attribute. */
export function rawRules(group: JsonObject): ReadonlyMap<string, JsonObject> {
  return new Map(byKey(sortedRules(group), (it) => storedRule(it, text(group.id))));
}

/** By id, so that rules of one meaning always get the same keys. */
function sortedRules(group: JsonObject): readonly JsonObject[] {
  return objects(group.security_group_rules).toSorted((a, b) =>
    compareTexts(text(a.id), text(b.id)),
  );
}
