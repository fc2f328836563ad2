import { canonicalJson, isObject, type Json } from "../../engine/model/value.js";
import { type Answer, type CloudUnderTest, pathPrefix } from "./cloud.js";
import {
  COMPARED_HEADERS,
  MASKED_FIELDS,
  MASKED_FORMS,
  MASKED_TEXTS,
  MASKED_WITH_GENERATED_KEY,
  UNORDERED_LISTS,
} from "./masks.js";

/** An answer without what differs from run to run, as masks.ts lists it. */
export interface Normalized {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** Brings an answer to the form in which those of two clouds are compared. */
export function normalize(
  answer: Answer,
  cloud: CloudUnderTest,
  unstable: readonly string[] = [],
): Normalized {
  const headers = COMPARED_HEADERS.flatMap((name): [string, string][] => {
    const value = answer.headers.get(name);
    if (value === null || (name === "content-type" && answer.body === "")) return [];
    return [[name, normalizeText(value.replace(MASKED_FORMS.charset.pattern, ""), cloud)]];
  });
  return {
    status: answer.status,
    headers: Object.fromEntries(headers),
    body:
      typeof answer.body === "string"
        ? prose(answer.body)
        : json(answer.body, {
            cloud,
            unstable: new Set([...Object.keys(MASKED_FIELDS), ...unstable]),
          }),
  };
}

/** Of a page that is no JSON only that it is one. */
function prose(text: string): Json {
  return text === "" ? "" : MASKED_FORMS.page.becomes;
}

interface Context {
  readonly cloud: CloudUnderTest;
  readonly unstable: ReadonlySet<string>;
}

function json(value: unknown, context: Context, key = ""): Json {
  if (context.unstable.has(key)) return "(unstable)";
  if (typeof value === "string") return normalizeText(value, context.cloud);
  if (typeof value === "number" && key === "id") return MASKED_FORMS.number.becomes;
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => json(item, context));
    return Object.hasOwn(UNORDERED_LISTS, key)
      ? items.sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1))
      : items;
  }
  if (!isObject(value)) return null;
  const isGenerated = "private_key" in value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      isGenerated && Object.hasOwn(MASKED_WITH_GENERATED_KEY, name)
        ? "(generated)"
        : json(item, context, name),
    ]),
  );
}

function normalizeText(text: string, cloud: CloudUnderTest): string {
  let plain = text;
  for (const [service, root] of Object.entries(cloud.roots)) {
    plain = plain.replaceAll(root, MASKED_FORMS.address.becomes(service));
    const prefix = pathPrefix(root);
    if (prefix !== "") plain = plain.replaceAll(`${prefix}/v`, "/v");
  }
  for (const { pattern, becomes } of MASKED_TEXTS) plain = plain.replace(pattern, becomes);
  return plain;
}
