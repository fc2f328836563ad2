import {
  isValueList,
  isValueObject,
  type Json,
  mapEntries,
  Sensitive,
  Unknown,
  type Value,
} from "../../../engine/model/value.js";
import type { HttpRequest, RequestBody } from "./exchange.js";

const CONTENT_TYPES: { readonly [K in RequestBody["kind"]]: string } = {
  json: "application/json",
  form: "application/x-www-form-urlencoded",
};

/** The headers by name, that of the body's format among them; secrets are still Sensitive. */
export function headersOf({ headers, body }: HttpRequest): HttpRequest["headers"] {
  return body ? { ...headers, "content-type": CONTENT_TYPES[body.kind] } : headers;
}

/** The headers as they go over the wire: secrets revealed. */
export function spellHeaders(request: HttpRequest): Readonly<Record<string, string>> {
  return mapEntries(headersOf(request), (value) => String(revealed(value)));
}

/** The body as it goes over the wire: secrets revealed. */
export function spellBody({ body }: HttpRequest): string | undefined {
  if (!body) return undefined;
  if (body.kind === "json") return JSON.stringify(revealed(body.value));
  const fields = mapEntries(body.fields, (value) => String(revealed(value)));
  return new URLSearchParams({ ...fields }).toString();
}

/** Every text of a request that is secret, revealed: what must not be shown when an answer repeats it. */
export function secretsOf({ headers, body }: HttpRequest): readonly string[] {
  const found = new Set<string>();
  const collect = (value: Value): void => {
    if (value instanceof Sensitive) found.add(String(value.reveal()));
    else if (isValueList(value)) value.forEach(collect);
    else if (isValueObject(value)) Object.values(value).forEach(collect);
  };
  collect({ ...headers });
  if (body) collect(body.kind === "json" ? body.value : body.fields);
  found.delete("");
  return [...found];
}

function revealed(value: Value): Json {
  if (value instanceof Sensitive) return value.reveal();
  if (value instanceof Unknown)
    throw new TypeError("a request holds a value that is still unknown");
  if (isValueList(value)) return value.map(revealed);
  return isValueObject(value) ? mapEntries(value, revealed) : value;
}
