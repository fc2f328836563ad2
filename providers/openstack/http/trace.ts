import { readJsonText } from "../../../engine/model/json-text.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import {
  HIDDEN,
  isValueList,
  isValueObject,
  redact,
  type Value,
} from "../../../engine/model/value.js";
import { withoutEcho } from "./echo.js";
import type { HttpAnswer, HttpRequest, Outcome, Transport } from "./exchange.js";
import { shorten } from "./harmless.js";
import { isPage } from "./page.js";
import { headersOf } from "./spell.js";

/**
 * Fields of answers that are secrets, by the APIs' references: Keystone's credentials, Nova's key
 * pairs and servers, and an issuer's tokens (RFC 6749, 5.1; OpenID Connect Core, 3.1.3.3).
 */
const SECRET_FIELDS: ReadonlySet<string> = new Set(
  "secret client_secret password passcode blob private_key adminPass access_token refresh_token id_token".split(
    " ",
  ),
);

/** Headers of answers whose values are shown; of others, which may hold tokens and cookies, the name is. */
const SHOWN_HEADERS: ReadonlySet<string> = new Set(
  "connection keep-alive content-type content-length date retry-after location link vary server openstack-api-version x-openstack-nova-api-version x-openstack-request-id x-compute-request-id".split(
    " ",
  ),
);

const MAX_PAGE = 2000;

/** A transport that tells each request and what became of it; what is secret is shown as `(sensitive)`. */
export function traced(transport: Transport, runtime: Runtime): Transport {
  const { trace, clock } = runtime;
  if (!trace) return transport;
  let last = 0;
  return {
    send: async (request) => {
      const number = ++last;
      const begun = clock.now();
      trace(describe(request, `${begun.toISOString()} #${number}`));
      const outcome = await transport.send(request);
      const took = clock.now().getTime() - begun.getTime();
      trace(describeOutcome(request, outcome, `#${number} after ${took} ms:`));
      return outcome;
    },
    close: () => transport.close(),
  };
}

function describe(request: HttpRequest, label: string): readonly string[] {
  const { method, origin, path, body } = request;
  const headers = Object.entries(headersOf(request)).map(([name, it]) => `${name}: ${String(it)}`);
  const sent = body && redact(body.kind === "json" ? body.value : body.fields);
  const shown = sent === undefined ? [] : [JSON.stringify(sent)];
  return [`${label} ${method} ${origin}${path}`, ...headers, ...shown];
}

function describeOutcome(request: HttpRequest, outcome: Outcome, label: string): readonly string[] {
  const hide = withoutEcho(request, outcome.kind === "answer" ? outcome.answer : undefined);
  if (outcome.kind === "failure") return [`${label} ${hide(outcome.error.message)}`];
  const { status, headers } = outcome.answer;
  const shown = Object.entries(headers).map(
    ([name, value]) => `${name}: ${SHOWN_HEADERS.has(name) ? hide(value) : "(not shown)"}`,
  );
  const text = bodyText(outcome.answer, hide);
  return [`${label} ${status}`, ...shown, ...(text === "" ? [] : [text])];
}

function bodyText({ status, body }: HttpAnswer, hide: (text: string) => string): string {
  const value = readJsonText(body);
  if (value !== undefined) return JSON.stringify(withoutSecrets(value, hide));
  // A token may come in a form, or in JSON that was cut short.
  const isShown = status >= 300 || body === "" || isPage(body);
  return isShown ? shorten(hide(body), MAX_PAGE) : "(not shown: neither JSON nor a page)";
}

function withoutSecrets(value: Value, hide: (text: string) => string): Value {
  if (typeof value === "string") return hide(value);
  if (isValueList(value)) return value.map((it) => withoutSecrets(it, hide));
  if (!isValueObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, Value] => [
    hide(key),
    isSecret(key, item) ? HIDDEN : withoutSecrets(item, hide),
  ]);
  return Object.fromEntries(entries);
}

function isSecret(key: string, value: Value): boolean {
  return SECRET_FIELDS.has(key) && (typeof value === "string" || typeof value === "number");
}
