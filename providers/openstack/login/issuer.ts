import { CloudError, OutsideError } from "../../../engine/model/errors.js";
import { readJsonObject } from "../../../engine/model/json-text.js";
import { type JsonObject, Sensitive } from "../../../engine/model/value.js";
import { answerFailure } from "../http/answer-failure.js";
import { withoutEcho } from "../http/echo.js";
import type { HttpAnswer, HttpRequest } from "../http/exchange.js";
import { harmless, shorten } from "../http/harmless.js";
import { readJson } from "../http/json-answer.js";
import type { Attempt } from "../http/persist.js";
import type { Door } from "./door.js";
import type { OidcAccess } from "./log-in-request.js";
import { askPatiently } from "./token-request.js";

type Grant = Extract<OidcAccess, { readonly kind: "grant" }>;

/** A token of an OpenID Connect issuer: the one given, or one asked for (RFC 6749, 4.3 and 4.4). Throws OutsideError. */
export async function accessToken(door: Door, access: OidcAccess): Promise<Sensitive> {
  if (access.kind === "token") return access.token;
  const { kind, url } = access.endpoint;
  const endpoint = kind === "token" ? url : await discover(door, url);
  const answer = await ask(door, tokenRequest(endpoint, access));
  const token = answer[access.token];
  if (typeof token === "string" && token !== "") return new Sensitive(token);
  throw notAnIssuer(endpoint, `it answers without ${access.token}`);
}

/** The token endpoint by the issuer's discovery document (OpenID Connect Discovery 1.0, 4). */
async function discover(door: Door, url: string): Promise<string> {
  const document = await ask(door, { ...address(url), method: "GET", headers: HEADERS });
  const { token_endpoint: endpoint } = document;
  if (typeof endpoint !== "string") throw notAnIssuer(url, "it names no token_endpoint");
  if (isSecure(url) && !isSecure(endpoint)) {
    throw notAnIssuer(url, "its token_endpoint is not https, and would get the client's secret");
  }
  return endpoint;
}

function isSecure(url: string): boolean {
  return /^https:/iu.test(url);
}

const HEADERS = { accept: "application/json", "user-agent": "portcullis" };

/** A client with a secret proves itself in the header, one without names itself (RFC 6749, 2.3.1 and 3.2.1). */
function tokenRequest(url: string, { client, form }: Grant): HttpRequest {
  const secret = client.secret?.reveal();
  const pair = [client.id, String(secret)].map(encodeURIComponent).join(":");
  return {
    ...address(url),
    method: "POST",
    headers: {
      ...HEADERS,
      ...(secret !== undefined && { authorization: new Sensitive(`Basic ${btoa(pair)}`) }),
    },
    body: { kind: "form", fields: secret === undefined ? { ...form, client_id: client.id } : form },
  };
}

function address(url: string): Pick<HttpRequest, "origin" | "path"> {
  if (!URL.canParse(url) || !/^https?:/iu.test(url)) throw notAnIssuer(url, "it is no http(s) URL");
  const { origin, pathname, search } = new URL(url);
  return { origin, path: `${pathname}${search}` };
}

function ask({ transport, runtime }: Door, request: HttpRequest): Promise<JsonObject> {
  return askPatiently(request, transport, runtime, (answer): Attempt<JsonObject> => {
    if (answer.status >= 200 && answer.status < 300) return readJson(request, answer);
    const failure = answerFailure(request, answer, runtime.clock.now());
    return { ...failure, error: refused(request, answer, failure.error) };
  });
}

/** `invalid_client: Client secret is wrong`: an issuer's own words (RFC 6749, 5.2). */
function refused(request: HttpRequest, answer: HttpAnswer, error: CloudError): CloudError {
  const fault = readJsonObject(answer.body);
  if (typeof fault.error !== "string") return error;
  const said = [fault.error, fault.error_description].filter((it) => typeof it === "string");
  return new CloudError(
    "unauthenticated",
    `the issuer ${request.origin} refused the log-in: ${shorten(harmless(withoutEcho(request, answer)(said.join(": "))), 300)}`,
    error.response,
    { help: "Check client_id, client_secret, openid_scope, and username and password there." },
  );
}

function notAnIssuer(url: string, why: string): OutsideError {
  return new OutsideError("bad-cloud-config", `${url} is no OpenID Connect issuer: ${why}`, {
    help: "Correct discovery_endpoint or access_token_endpoint.",
  });
}
