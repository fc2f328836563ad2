import { CloudError, type ErrorCode } from "../../../engine/model/errors.js";
import { withoutEcho } from "./echo.js";
import { type ErrorBody, readErrorBody } from "./error-body.js";
import { describeRequest, type Failure, type HttpAnswer, type HttpRequest } from "./exchange.js";
import { harmless } from "./harmless.js";
import { retryAfter } from "./retry-after.js";

/**
 * Statuses after which the same request may succeed: a limit of the rate, a gateway without a backend,
 * or a server that stumbled, such as over a lost database connection.
 */
const TRANSIENT = new Set([429, 500, 502, 503, 504]);

/** An answer that is no success as a failure, in the cloud's own words. */
export function answerFailure(request: HttpRequest, answer: HttpAnswer, now: Date): Failure {
  const hide = withoutEcho(request, answer);
  const body = readErrorBody(answer.body, hide);
  const wait = retryAfter(answer.headers, now);
  const requestId = requestIdOf(answer, hide);
  const said = isRedirect(answer) ? "this is not the API's address" : body.message;
  const uncertain = answer.status >= 500 && request.method !== "GET";
  const help = helpFor(answer, hide);
  const error = new CloudError(
    codeOf(answer.status, body),
    `${said.replace(/\.+$/u, "") || "the cloud gives no reason"} (${answer.status} to ${describeRequest(request)})`,
    {
      status: answer.status,
      effect: uncertain ? "unknown" : "none",
      ...(body.type !== undefined && { type: body.type }),
      ...(requestId !== undefined && { requestId }),
    },
    help === undefined ? {} : { help },
  );
  return {
    kind: "failure",
    error,
    transient: TRANSIENT.has(answer.status),
    ...(wait !== undefined && { wait }),
  };
}

/** The id under which the cloud logged a request (openstack/oslo.middleware, request_id.py). */
export function requestIdOf(
  answer: HttpAnswer,
  hide: (text: string) => string,
): string | undefined {
  const id = answer.headers["x-openstack-request-id"] ?? answer.headers["x-compute-request-id"];
  return id === undefined ? undefined : harmless(hide(id));
}

function codeOf(status: number, body: ErrorBody): ErrorCode {
  switch (status) {
    case 401:
      return "unauthenticated";
    case 403:
      return isQuota(body) ? "quota" : "forbidden";
    case 404:
      return "not-found";
    case 409:
      return conflictCode(body);
    case 412:
      return "conflict";
    case 413:
      return "quota";
    case 405:
    case 406:
    case 501:
      return "unsupported";
    default:
      return otherCode(status);
  }
}

function otherCode(status: number): ErrorCode {
  if (status >= 500 || status === 429) return "server-error";
  return status >= 400 ? "bad-request" : "bad-cloud-config";
}

function conflictCode(body: ErrorBody): ErrorCode {
  if (isQuota(body)) return "quota";
  return /InUse$/u.test(body.type ?? "") ? "in-use" : "conflict";
}

/** Neutron's OverQuota; Nova's and Keystone's limits have a wording only (nova/exception.py, keystone/exception.py). */
function isQuota(body: ErrorBody): boolean {
  return (
    body.type === "OverQuota" || /quota exceeded|already exceeded for user/iu.test(body.message)
  );
}

function helpFor(answer: HttpAnswer, hide: (text: string) => string): string | undefined {
  const { location } = answer.headers;
  if (answer.status === 401) {
    return "A new token is refused too: the service does not trust it, or the access rules of the application credential do not allow this request.";
  }
  if (isRedirect(answer) && location !== undefined) {
    return `It points to ${harmless(hide(location))}: set auth_url or the service's endpoint_override to that address.`;
  }
  return undefined;
}

function isRedirect({ status }: HttpAnswer): boolean {
  return status >= 300 && status < 400;
}
